import type { Clinic } from '../clinic/clinic.ts';
import type { Appointment } from '../journey/appointment.ts';
import type { Task } from '../journey/task.ts';
import type { TaskKind } from '../names.ts';
import { approximateSeconds } from '../program/values.ts';
import type { Rung } from './chasing.ts';
import { isDueOnSite, isOfToday } from './opening.ts';

/** What is done while the patient is on site. */
const ON_SITE: ReadonlySet<TaskKind> = new Set(['dosing-day-check', 'record-dose', 'discharge']);

/**
 * Who is asked when nobody answers, and when: the ladder of the task's role. While the patient is on site, whoever is silent is
 * passed over as fast as a nurse would be, whose tasks these are where a program has one.
 */
export const ladderFor = (
  task: Pick<Task, 'role' | 'ask' | 'dueAt'>,
  { ladders }: Clinic,
  appointment?: Appointment,
): readonly Rung[] => {
  const { role, ask } = task;
  const own = ladders[role] ?? [];
  if (!ON_SITE.has(ask.kind) && !isOfToday(ask) && !isDueOnSite(task, appointment)) return own;
  const nurses = (ladders.nurse ?? []).filter(({ toRole }) => toRole !== role);
  const [first, quicker] = [own[0], nurses[0]];
  if (first === undefined || quicker === undefined) return own.length > 0 ? own : nurses;
  return approximateSeconds(first.after) <= approximateSeconds(quicker.after) ? own : nurses;
};
