import type { Ask } from '../../domain/journey/task.ts';
import { assigneeOf, calendarOf } from '../../domain/tasks/assignee.ts';
import { roleOf } from '../../domain/tasks/opening.ts';
import { type Instant, minus } from '../../domain/time/instants.ts';
import { nextWorking } from '../../domain/time/working-hours.ts';
import type { Desk } from './desk.ts';

/** A patient is seldom reached at the first try. */
const TO_REACH = 'PT2H';

/** Who calls the patient before a moment: whoever always does, if they are at work now or in good time; else whoever is on call. */
export const callerBefore = ({ clinic, program, journey, now }: Desk, before: Instant): Pick<Ask, 'dueAt' | 'role'> => {
  const role = roleOf({ kind: 'call-patient' }, program);
  const person = assigneeOf(role, { clinic, journey, appointment: undefined, about: undefined, now });
  const next = nextWorking(now, calendarOf(clinic, person));
  const isInTime = before <= now || next === now || (next !== undefined && next < minus(before, TO_REACH));
  return { dueAt: before, ...(!isInTime && { role: 'on-call' }) };
};
