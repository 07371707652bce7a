import type { Clinic } from '../clinic/clinic.ts';
import type { SafetyEvent } from '../journey/safety-event.ts';
import type { Ask, Task } from '../journey/task.ts';
import { REOPENINGS } from '../names.ts';
import { calendarOf } from '../tasks/assignee.ts';
import { type Instant, plus } from '../time/instants.ts';
import { nextWorking, plusWorking } from '../time/working-hours.ts';

/** Somebody needs a while at work to get through to a patient. */
const A_TRY = 'PT2H';

/**
 * How a patient who was not reached after a safety event is tried again: by the same person when they next work, while the time
 * for it lasts and as often as any step is repeated; then the medical director has it at once.
 */
export const followUpAgain = (
  missed: Task,
  { decidedAt }: Pick<SafetyEvent, 'decidedAt'>,
  clinic: Clinic,
  now: Instant,
): Ask => {
  const { followUpAgainAfter, followUpTo } = clinic.policy.safety;
  const calendar = calendarOf(clinic, missed.assignee);
  const at = nextWorking(plus(now, followUpAgainAfter), calendar);
  const tried = at && plusWorking(at, A_TRY, calendar);
  const inTime = at !== undefined && tried !== undefined && tried <= plus(decidedAt ?? now, followUpTo);
  return inTime && missed.repetition <= REOPENINGS
    ? { ...missed.ask, opensAt: at }
    : { ...missed.ask, role: 'medical-director', opensAt: now };
};

/**
 * Who follows a safety event up: the patient's therapist, or where they have no hour at work for it in the time that there is
 * (a weekend, say) whoever is on call.
 */
export const whoFollowsUp = (therapist: string | null, clinic: Clinic, now: Instant): 'therapist' | 'on-call' => {
  const { followUpFrom, followUpTo } = clinic.policy.safety;
  const tried = plusWorking(plus(now, followUpFrom), A_TRY, calendarOf(clinic, therapist));
  return tried !== undefined && tried <= plus(now, followUpTo) ? 'therapist' : 'on-call';
};
