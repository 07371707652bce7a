import type { Task } from 'fhir/r4.js';
import type { ExportedJourney } from '../../../contracts/api/export.ts';
import type { TaskView } from '../../../contracts/api/tasks.ts';
import { idOf, practitioner, referenceTo } from './reference.ts';

const STATUS = {
  planned: 'draft',
  open: 'requested',
  decided: 'completed',
  superseded: 'cancelled',
  expired: 'failed',
} as const satisfies Record<TaskView['state'], Task['status']>;

/** A staff member's or the patient's task; whoever took it on is its owner. */
export const taskResource = (
  { id: journeyId, patientId }: ExportedJourney['journey'],
  { number, kind, state, role, claimedBy, assignee, opensAt, dueAt, decidedAt, clinical }: TaskView,
): Task & { id: string } => {
  const owner = clinical?.by ?? claimedBy ?? assignee;
  return {
    resourceType: 'Task',
    id: idOf('Task', journeyId, number),
    identifier: [{ value: `${journeyId}/${number}` }],
    status: state === 'open' && claimedBy !== null ? 'in-progress' : STATUS[state],
    intent: 'order',
    code: { text: kind },
    basedOn: [referenceTo('CarePlan', journeyId)],
    for: referenceTo('Patient', patientId),
    authoredOn: opensAt,
    performerType: [{ text: role }],
    ...(owner && { owner: owner === patientId ? referenceTo('Patient', patientId) : practitioner(owner) }),
    ...(dueAt !== null && { restriction: { period: { end: dueAt } } }),
    ...(decidedAt !== null && { executionPeriod: { end: decidedAt } }),
    ...(clinical?.reason && { note: [{ text: clinical.reason }] }),
    ...(clinical?.answer && { output: [{ type: { text: 'answer' }, valueString: clinical.answer }] }),
  };
};
