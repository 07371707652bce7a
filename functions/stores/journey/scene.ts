import { isLicensed, personOf } from '../../domain/clinic/roster.ts';
import type { Scene } from '../../domain/gates/scene.ts';
import { isPending } from '../../domain/journey/task.ts';
import { localDate } from '../../domain/time/local.ts';
import { appointments, clinicals, cycles, journeyPartition, safetyEvents, tasks } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { isAnotherAskedFor } from './lost-integration.ts';

/** Required measures that were asked for and not answered. */
const measuresDue = async (desk: Desk): Promise<string[]> => {
  const required = desk.program.measures.filter(({ requiredBeforeDose }) => requiredBeforeDose).map(({ id }) => id);
  if (required.length === 0) return [];
  const asked = await desk.list(tasks, journeyPartition(desk.journey.id), 'task#answer-measure-');
  return required.filter((id) => asked.some((task) => isPending(task) && task.ask.about?.startsWith(id)));
};

/** Who may decide on the screening, and what they last answered. */
const screeningReview = async (desk: Desk): Promise<Scene['screeningReview']> => {
  const asked = await desk.list(tasks, journeyPartition(desk.journey.id), 'task#screening-review-');
  const role = desk.journey.screening?.reviewRole ?? null;
  const since = desk.journey.screening?.at ?? '';
  const decided = asked.filter((task) => task.state === 'decided' && task.role === role && task.plannedAt >= since);
  return { role, answer: decided.at(-1)?.answer ?? null };
};

/** Everything that a gate looks at, read in one transaction. */
export const sceneFor = async (desk: Desk, number?: number, discharge?: Record<string, unknown>): Promise<Scene> => {
  const { journey, clinic } = desk;
  const partition = journeyPartition(journey.id);
  const all = await desk.list(cycles, partition, 'cycle#');
  const cycle = all.find((each) => each.number === number);
  const booked = async (id: string | null | undefined) =>
    id === null || id === undefined ? undefined : desk.get(appointments, { journeyId: journey.id, id });
  const clinical = await desk.need(clinicals, journey.id);
  const therapist = personOf(clinic, journey.therapist);
  const integration = await booked(cycle?.integrationAppointmentId);
  const on = localDate(integration?.startsAt ?? desk.now, clinic.zone);
  return {
    now: desk.now,
    program: desk.program,
    clinic,
    care: desk.library.care(),
    journey,
    cycle,
    cycles: all,
    dosing: await booked(cycle?.dosingAppointmentId),
    integration,
    integrationAskedFor: discharge !== undefined && (await isAnotherAskedFor(desk, number ?? 0)),
    facts: clinical.facts,
    fit: clinical.fit,
    inPersonEvaluatedOn: clinical.inPersonEvaluatedOn,
    measuresDue: await measuresDue(desk),
    therapistLicensed: therapist !== undefined && isLicensed(therapist, on),
    safetyEvents: await desk.list(safetyEvents, partition, 'safety#'),
    screeningReview: await screeningReview(desk),
    discharge,
  };
};
