import * as z from 'zod';
import type { Clinic } from '../clinic/clinic.ts';
import { ownHoldersOf } from '../clinic/roster.ts';
import type { Task } from '../journey/task.ts';
import { TASK_KINDS } from '../names.ts';
import type { Instant } from '../time/instants.ts';
import { atLocal, localDate, plusDays } from '../time/local.ts';
import { isWorking, nextWorking } from '../time/working-hours.ts';
import { calendarOf, onCall } from './assignee.ts';

/** Why a task stands in a digest, the most pressing first: something failed, an owed session is not booked, it is overdue, due today, or only open. */
export const DIGEST_PARTS = ['failed', 'closing', 'overdue', 'today', 'later'] as const;

/** One task of somebody's day: ids, a kind and when it was or is due; nothing of the patient. */
export const DigestLine = z.strictObject({
  part: z.enum(DIGEST_PARTS),
  kind: z.enum(TASK_KINDS),
  /** As staff look it up: the journey and the task's number in it. */
  taskId: z.string(),
  dueAt: z.string(),
});
export type DigestLine = z.infer<typeof DigestLine>;

/** Who of the clinic has an open task: whoever was asked, or the first who holds the rung that it climbed to; null for a patient's or a practice's. */
export const whoHas = (task: Task, clinic: Clinic, now: Instant): string | null => {
  if (task.holder === 'patient' || task.holder === 'chaperone' || task.holder === 'partner') return null;
  if (task.claimedBy !== null || task.holder === task.role) return task.assignee;
  return task.holder === 'on-call' ? onCall(clinic, now) : (ownHoldersOf(clinic, task.holder)[0]?.id ?? null);
};

/** The date for which somebody gets their digest now: once they are at work on it, in the clinic's zone; null on a day off and before they open. */
export const digestDay = (clinic: Clinic, person: string, now: Instant): string | null =>
  isWorking(now, calendarOf(clinic, person)) ? localDate(now, clinic.zone) : null;

/** When the next of the clinic's people comes to work after an instant: nobody's digest is due before; undefined if nobody ever does. */
export const nextDigestAt = (clinic: Clinic, after: Instant): Instant | undefined => {
  const opening = (person: string): Instant[] => {
    const calendar = calendarOf(clinic, person);
    // A day that goes on is not its own next day.
    const from = isWorking(after, calendar)
      ? atLocal(plusDays(localDate(after, clinic.zone), 1), '00:00', clinic.zone)
      : after;
    const at = nextWorking(from, calendar);
    return at === undefined ? [] : [at];
  };
  return clinic.practitioners.flatMap(({ id }) => opening(id)).toSorted()[0];
};

const isOwedBooking = ({ kind, ask }: Task): boolean =>
  kind === 'integration-overdue' || (kind === 'book-appointment' && ask.about === 'integration');

/** A task as its line in the digest. */
export const digestLine = (task: Task, clinic: Clinic, now: Instant): DigestLine => {
  const dueAt = task.dueAt ?? task.opensAt;
  const part = (): DigestLine['part'] => {
    if (task.kind === 'resolve-failure') return 'failed';
    if (isOwedBooking(task)) return 'closing';
    if (dueAt < now) return 'overdue';
    return localDate(dueAt, clinic.zone) === localDate(now, clinic.zone) ? 'today' : 'later';
  };
  return { part: part(), kind: task.kind, taskId: `${task.journeyId}-t${task.number}`, dueAt };
};
