import type { Entry } from '../journey/entry.ts';
import type { Task } from '../journey/task.ts';
import type { Role, TaskKind } from '../names.ts';
import { earlierOf, type Instant, plus } from '../time/instants.ts';
import { plusLocal } from '../time/local.ts';
import { nextWorking, type WorkingCalendar } from '../time/working-hours.ts';

/**
 * A dose that was begun is recorded and its patient discharged, however late: nothing that follows may take it for done. A safety event
 * is a clinician's to decide, and nobody else's. Without a review, a clearance or a therapist there is no dose, and the patient waits.
 */
export const UNTIL_DECIDED: ReadonlySet<TaskKind> = new Set([
  'record-dose',
  'discharge',
  'safety-decision',
  'screening-review',
  'medical-clearance',
  'psychological-clearance',
  'place-patient',
]);

/** Who is asked when nobody answered `after` (elapsed or days) the task was due. */
export type Rung = { readonly after: string; readonly toRole: Role };

/** What a person who does not answer is asked again, and how often, before somebody else is (clinic settings). */
export type Chase = {
  readonly ladder: readonly Rung[];
  /** What the rungs count from: the due time, or the opening where every minute counts. */
  readonly from: Instant;
  /** Whether it is first asked again where it is, before somebody else is. */
  readonly nudgeFirst: boolean;
  readonly zone: string;
  /** When whoever has the task works: nobody is reminded on a day off. Null where every hour counts. */
  readonly calendar: (holder: Role) => WorkingCalendar | null;
  /** Between the last rung's daily reminders. */
  readonly repeatEvery: string;
  /** Reminders of the last rung before the task expires. */
  readonly repeats: number;
  /** When an answer is of no use any more, whoever has been asked by then; undefined where one always is. */
  readonly until?: Instant | undefined;
};

export type ChaseStep =
  | { readonly act: 'wait'; readonly task: Task }
  | { readonly act: 'nudge' | 'escalate' | 'expire'; readonly task: Task; readonly entry: Entry };

const entryOf = (task: Task) =>
  ({ kind: 'task', task: task.kind, id: task.id, occurrence: task.occurrence, role: task.role }) as const;

const later = (instant: Instant, duration: string, zone: string): Instant =>
  duration.includes('T') && duration.startsWith('PT') ? plus(instant, duration) : plusLocal(instant, duration, zone);

/**
 * The next thing to do about an open task that nobody has answered: nudge once when it is due, then climb the ladder rung by rung,
 * then remind the last rung, then give up aloud, at once where an answer would come too late. A patient has no ladder: after one nudge and one more wait the task expires into a call.
 */
export const chase = (task: Task, how: Chase, now: Instant): ChaseStep => {
  const { ladder, from, nudgeFirst, zone, calendar, repeatEvery, repeats, until } = how;
  if (task.nextAt === null || now < task.nextAt || task.dueAt === null) return { act: 'wait', task };
  const expire = (): ChaseStep => {
    const expired: Task = { ...task, state: 'expired', nextAt: null };
    return { act: 'expire', task: expired, entry: { ...entryOf(task), event: 'expired' } };
  };
  if (until !== undefined && now >= until) return expire();

  /** The moment of the step after this one, when whoever it is for works. */
  const next = (rung: Rung | undefined, holder: Role): Instant => {
    const planned = rung === undefined ? later(now, repeatEvery, zone) : later(from, rung.after, zone);
    const at = planned > now ? planned : later(now, 'PT1H', zone);
    const hours = calendar(rung?.toRole ?? holder);
    const reached = hours === null ? at : (nextWorking(at, hours) ?? at);
    return until === undefined ? reached : earlierOf(reached, until);
  };

  const rung = ladder[task.rung];
  if (nudgeFirst && task.nudges === 0) {
    const nudged = { ...task, nudges: 1, nextAt: next(rung, task.holder) };
    return { act: 'nudge', task: nudged, entry: { ...entryOf(task), event: 'nudged' } };
  }
  if (rung !== undefined) {
    const climbed: Task = {
      ...task,
      rung: task.rung + 1,
      holder: rung.toRole,
      asked: [...new Set([...task.asked, rung.toRole])],
      nextAt: next(ladder[task.rung + 1], rung.toRole),
    };
    return { act: 'escalate', task: climbed, entry: { ...entryOf(task), event: 'escalated', toRole: rung.toRole } };
  }
  if (task.role !== 'patient' && task.role !== 'partner' && task.nudges <= repeats) {
    const nudged = { ...task, nudges: task.nudges + 1, nextAt: next(undefined, task.holder) };
    return { act: 'nudge', task: nudged, entry: { ...entryOf(task), event: 'nudged' } };
  }
  return expire();
};
