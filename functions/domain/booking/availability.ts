import type { LocalDate } from '../time/local.ts';
import type { WeeklyHours } from '../time/working-hours.ts';
import type { Zone } from '../time/zones.ts';
import type { DayClaims } from './claims.ts';

/** Whoever can be booked: their own hours and dates off, in their own zone where it is not the clinic's. */
export type Bookable = {
  readonly id: string;
  readonly hours: WeeklyHours;
  readonly holidays?: readonly LocalDate[] | undefined;
  readonly zone?: Zone | undefined;
  /** A licence is good up to and including this date. */
  readonly licence?: { readonly expiresOn: LocalDate } | undefined;
};

/** A room and what stands in it. */
export type Room = { readonly id: string; readonly kit?: readonly string[] | undefined };

/** Why a time cannot be booked. */
export type Reason =
  | 'in-the-past'
  | 'clinic-closed'
  | 'holiday'
  | 'outside-hours'
  | 'licence-expired'
  | 'practitioner-busy'
  | 'no-practitioner'
  | 'room-busy'
  | 'no-room'
  | 'spacing'
  | 'per-week'
  | 'integration-window'
  | 'rest-of-day';

/** A reason and whom or what it is about (ids and instants only). */
export type Why = { readonly reason: Reason; readonly detail: string };

/** Looks up what a resource has promised on a date of the clinic's zone; undefined where nothing is. */
export type ClaimsOn = (resource: string, date: LocalDate) => DayClaims | undefined;

/** Everything needed to say whether somebody is free. */
export type Diaries = {
  /** The clinic's zone, whose dates the claims are filed under. */
  readonly zone: Zone;
  readonly claimsOn: ClaimsOn;
  /** Appointments that count as gone, because they are the ones being moved. */
  readonly ignoring?: readonly string[] | undefined;
};
