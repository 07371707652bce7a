import type { Zone } from '../time/zones.ts';
import { type Claim, datesTouched } from './claims.ts';
import type { Pair } from './propose-pairs.ts';
import type { Slot } from './propose-slots.ts';

/** The day rows that an appointment writes: one for each person, and its room, on each date of the clinic's zone that it touches. */
export const claimsOfSlot = (
  { startsAt, endsAt, practitioners, room }: Slot,
  appointmentId: string,
  zone: Zone,
): readonly Claim[] => {
  const interval = { from: startsAt, to: endsAt, appointmentId };
  const resources = [...(room === undefined ? [] : [room]), ...practitioners.map(({ id }) => id)];
  return datesTouched(startsAt, endsAt, zone).flatMap((date) =>
    resources.map((resource) => ({ resource, date, interval })),
  );
};

/** The day rows that a dose and its integration write together. */
export const claimsOfPair = (
  { dosing, integration }: Pair,
  ids: { readonly dosing: string; readonly integration: string },
  zone: Zone,
): readonly Claim[] => [...claimsOfSlot(dosing, ids.dosing, zone), ...claimsOfSlot(integration, ids.integration, zone)];
