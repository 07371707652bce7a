import type { Diaries } from '../../domain/booking/availability.ts';
import type { DayClaims } from '../../domain/journey/appointment.ts';
import { localDate, plusDays } from '../../domain/time/local.ts';
import { dayClaims } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

/** How many days ahead a booking is looked for: beyond that a person has to decide. */
export const HORIZON_DAYS = 45;

/** Reads what each resource has promised over the coming weeks; the rows are held to this reading when they are written. */
export const readDiaries = async (
  desk: Desk,
  resources: readonly string[],
  from: string,
  ignoring: readonly string[] = [],
): Promise<Diaries> => {
  const { zone } = desk.clinic;
  const first = localDate(from, zone);
  const last = plusDays(first, HORIZON_DAYS + 3);
  const found = new Map<string, DayClaims>();
  for (const resource of new Set(resources)) {
    for (const day of await desk.range(dayClaims, `claims#${resource}`, first, last))
      found.set(`${resource} ${day.date}`, day);
  }
  return { zone, claimsOn: (resource, date) => found.get(`${resource} ${date}`), ignoring };
};
