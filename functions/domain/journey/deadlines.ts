import type { Clinic } from '../clinic/clinic.ts';
import type { Program } from '../program/program.ts';
import { type Instant, minus } from '../time/instants.ts';
import { minusLocal, plusLocal } from '../time/local.ts';
import { type Appointment, isStanding } from './appointment.ts';
import { type Clearance, isHalted, type Journey, pauseOf } from './journey.ts';

/** Moments of a journey that no execution waits for; a schedule owns each. */
export const DEADLINES = ['longest-pause', 'clearance-renewal', 'uncleared-dose'] as const;
export type Deadline = (typeof DEADLINES)[number];

/** The hold of a finding that voided the medical clearance, until the patient is cleared anew. */
export const UNCLEARED = 'clearance-voided';

/** What the deadlines of a journey are counted from. */
export type Standing = {
  readonly journey: Journey;
  readonly program: Program;
  readonly clinic: Clinic;
  /** The dose that is booked; undefined while there is none. */
  readonly dosing: Appointment | undefined;
};

/** When a pause ends the journey; undefined for one that is not paused, or is ending already. */
export const longestPauseEnds = ({ journey, clinic }: Standing): Instant | undefined => {
  const pause = pauseOf(journey);
  return pause === undefined || journey.ending !== null || journey.outcome !== null
    ? undefined
    : plusLocal(pause.at, clinic.policy.longestPause, clinic.zone);
};

/** Clearances that the rest of the series needs, each with the moment from which it is asked for anew. */
export const renewals = ({ journey, program, clinic }: Standing): { clearance: Clearance; at: Instant }[] => {
  if (isHalted(journey) || journey.seriesEndedAt !== null) return [];
  return program.clearances.flatMap(({ kind, renewBefore }) => {
    const clearance = journey.clearances.find((each) => each.kind === kind && each.voidedAt === null);
    return clearance === undefined
      ? []
      : [{ clearance, at: minusLocal(clearance.validUntil, renewBefore, clinic.zone) }];
  });
};

/** When a booked dose has to be moved because the patient is not cleared anew; undefined where none waits for that. */
export const unclearedDoseMoves = ({ journey, clinic, dosing }: Standing): Instant | undefined => {
  const waits = journey.holds.some(({ reason }) => reason === UNCLEARED);
  if (!waits || dosing === undefined || !isStanding(dosing) || journey.ending !== null) return undefined;
  return dosing.state === 'booked' || dosing.state === 'confirmed'
    ? minus(dosing.startsAt, clinic.policy.moveUnclearedDoseBefore)
    : undefined;
};
