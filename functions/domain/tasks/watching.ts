import type { Clinic } from '../clinic/clinic.ts';
import type { Task } from '../journey/task.ts';
import type { Role } from '../names.ts';
import { type Instant, plus } from '../time/instants.ts';

/** An hour is time to look at the e-mail that says that a task is due; after it somebody else should know. */
const UNSEEN_AFTER = 'PT1H';

/** Those whose silence is chased in other ways: a patient is called, a practice passed over. */
const NOT_OURS: ReadonlySet<Role> = new Set(['patient', 'chaperone', 'partner']);

/** Whether a task of the clinic's people is overdue and nobody has taken it on. */
export const isOverdueUnowned = ({ kind, holder, claimedBy, dueAt }: Task, now: Instant): boolean =>
  kind !== 'acknowledge-safety' &&
  !NOT_OURS.has(holder) &&
  claimedBy === null &&
  dueAt !== null &&
  plus(dueAt, UNSEEN_AFTER) <= now;

/** Whether a page has gone past its first rung: whoever was on call has not acknowledged it, and the next one should have. */
export const isPageUnanswered = ({ kind, openedAt }: Task, { policy }: Clinic, now: Instant): boolean => {
  const [first, second] = policy.safety.pages;
  const within = second?.after ?? first?.after ?? policy.safety.repeatEvery;
  return kind === 'acknowledge-safety' && openedAt !== null && plus(openedAt, within) < now;
};
