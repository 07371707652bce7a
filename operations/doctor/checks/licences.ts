import type { Clinic } from '../../../functions/domain/clinic/clinic.ts';
import { localDate, plusDays } from '../../../functions/domain/time/local.ts';
import { type Check, unless } from '../finding.ts';

/** Whoever has a licence to lose is told this many days ahead: renewals take weeks. */
const AHEAD_DAYS = 60;

/** Every licence that clinic.json names is in force, and for a while: what hangs on it is not booked after its end. */
export const licences = (clinic: Clinic, now: string): Check => ({
  name: 'licences',
  look: async () => {
    const today = localDate(now, clinic.zone);
    const soon = plusDays(today, AHEAD_DAYS);
    const ending = clinic.practitioners.flatMap(({ id, licence }) => {
      if (licence === undefined || licence.expiresOn >= soon) return [];
      const when = licence.expiresOn < today ? 'ended' : 'ends';
      return [`clinic.practitioners ${id}.licence: ${when} on ${licence.expiresOn}; enter the renewed one`];
    });
    return unless(ending, `in force for ${AHEAD_DAYS} days and more`);
  },
});
