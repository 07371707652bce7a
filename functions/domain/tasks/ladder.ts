import type { Clinic } from '../clinic/clinic.ts';
import type { Appointment } from '../journey/appointment.ts';
import type { Task } from '../journey/task.ts';
import type { TaskKind } from '../names.ts';
import { approximateSeconds } from '../program/values.ts';
import { type Instant, toMs } from '../time/instants.ts';
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

/** A begun dose and its patient's way home: they are somebody's before the evening is over. */
const OF_A_BEGUN_DOSE: ReadonlySet<TaskKind> = new Set(['record-dose', 'discharge']);

/**
 * The ladder of what a begun dose still needs when its patient should be home (`evening`): whoever is on call is asked then, on
 * any day, since nobody asks a patient whether they are home safe before they were let go (reference 5, same evening).
 */
export const ladderUntilEvening = (
  ladder: readonly Rung[],
  { ask, dueAt }: Pick<Task, 'ask' | 'dueAt'>,
  evening: Instant,
): readonly Rung[] => {
  if (!OF_A_BEGUN_DOSE.has(ask.kind) || dueAt === null) return ladder;
  const last = Math.max(0, ...ladder.map(({ after }) => approximateSeconds(after)));
  const left = Math.ceil((toMs(evening) - toMs(dueAt)) / 1000);
  // What is due after the evening climbs as fast as ever before it is on call's.
  const seconds = left > 0 ? left : last;
  const isBefore = ({ after }: Rung): boolean => approximateSeconds(after) <= seconds;
  const onCall: Rung = { after: `PT${seconds}S`, toRole: 'on-call' };
  return [...ladder.filter(isBefore), onCall, ...ladder.filter((rung) => !isBefore(rung))];
};
