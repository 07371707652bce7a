import type { Journey } from '../journey/journey.ts';
import { fromMs, type Instant, laterOf } from '../time/instants.ts';
import { localDate } from '../time/local.ts';
import { nextWorking, plusWorking, type WorkingCalendar, workingStretches } from '../time/working-hours.ts';

const SI_MODERATE = 'SI_MODERATE';

/** Whether the last screening found moderate suicidality: no dose at home, and a clinician looks on the same business day (reference 1.2 RV-34, 2.4). */
export const isModeratelySuicidal = ({ screening }: Pick<Journey, 'screening'>): boolean =>
  screening?.reasons.includes(SI_MODERATE) === true;

/** Whoever is asked shortly before they go home has this much working time all the same. */
const AT_LEAST = 'PT1H';

/** The end of the business day on which something was asked, or of the next one where the day was over; undefined for who never works. */
export const sameBusinessDay = (askedAt: Instant, calendar: WorkingCalendar): Instant | undefined => {
  const from = nextWorking(askedAt, calendar);
  const closes = from === undefined ? undefined : workingStretches(localDate(from, calendar.zone), calendar).at(-1)?.to;
  const atLeast = plusWorking(askedAt, AT_LEAST, calendar);
  return closes === undefined || atLeast === undefined ? undefined : laterOf(fromMs(closes), atLeast);
};
