import type { CarePlan } from 'fhir/r4.js';
import type { ExportedJourney } from '../../../contracts/api/export.ts';
import { idOf, practitioner, referenceTo } from './reference.ts';

const statusOf = ({ journey }: ExportedJourney): CarePlan['status'] => {
  const outcome = journey.clinical?.outcome;
  if (outcome) return outcome.kind === 'completed' ? 'completed' : 'revoked';
  if (journey.state === 'closed') return 'unknown';
  return journey.onHold || journey.paused ? 'on-hold' : 'active';
};

/** A journey: the plan that its appointments and tasks carry out. */
export const carePlan = (exported: ExportedJourney): CarePlan & { id: string } => {
  const { id, patientId, program, requestedAt, therapist, clinical } = exported.journey;
  const outcome = clinical?.outcome;
  return {
    resourceType: 'CarePlan',
    id: idOf('CarePlan', id),
    identifier: [{ value: id }],
    status: statusOf(exported),
    intent: 'plan',
    title: `Program ${program.id}, version ${program.version}`,
    subject: referenceTo('Patient', patientId),
    period: { start: requestedAt, ...(outcome && { end: outcome.at }) },
    ...(therapist !== null && { contributor: [practitioner(therapist)] }),
    ...(outcome && { note: [{ time: outcome.at, text: `Outcome: ${outcome.kind}` }] }),
    activity: [
      ...exported.appointments.map((each) => ({ reference: referenceTo('Appointment', id, each.id) })),
      ...exported.tasks.map(({ number }) => ({ reference: referenceTo('Task', id, number) })),
    ],
  };
};
