import type { Scene } from '../gates/scene.ts';
import type { Appointment } from '../journey/appointment.ts';
import type { Journey } from '../journey/journey.ts';
import type { Message } from '../journey/message.ts';
import type { Task } from '../journey/task.ts';
import type { Program } from '../program/program.ts';

/** One journey as it stands, looked at under the version of its program that it has and under the one that it is to have. */
export type Move = {
  /** Both versions as their files say, whatever route was chosen and whatever stage the series is in. */
  readonly from: Program;
  readonly to: Program;
  /** What the gates see now, and what they would see. */
  readonly before: Scene;
  readonly after: Scene;
  readonly appointments: readonly Appointment[];
  readonly messages: readonly Message[];
  readonly tasks: readonly Task[];
};

/** Phases from the first on in which what an intake agrees upon has been agreed. */
const ENROLLED: readonly Journey['phase'][] = ['preparation', 'series'];

/** Whether the patient has been enrolled: cleared, with a signed plan. */
export const isEnrolled = ({ phase }: Pick<Journey, 'phase'>): boolean => ENROLLED.includes(phase);

/** Whether an appointment is booked and has not begun, so that it may still be another. */
export const liesAhead = ({ state, startsAt }: Pick<Appointment, 'state' | 'startsAt'>, now: string): boolean =>
  (state === 'booked' || state === 'confirmed') && startsAt > now;

/** Whether two parts of two versions say the same. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
