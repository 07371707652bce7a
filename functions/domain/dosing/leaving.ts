import type { Cycle } from '../journey/cycle.ts';
import type { Program } from '../program/program.ts';
import { durationParts } from '../time/durations.ts';
import { type Instant, plus } from '../time/instants.ts';
import { type LocalDate, localDate, plusDays } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';
import type { DosingDay } from './dosing-day.ts';

/** How a patient left after a dose. */
export type Departure = {
  readonly at: Instant;
  /** Every box of the discharge list was ticked. */
  readonly asPlanned: boolean;
  readonly escorted: boolean;
  readonly drove: boolean;
};

/** What has to be done because of how a dose ended and how the patient left; each with when, for whom. */
export type Duty =
  | { readonly duty: 'integration' | 'home-safe' | 'next-day-check-in'; readonly role: 'patient' | 'therapist' }
  | { readonly duty: 'tell-prescriber'; readonly role: 'provider'; readonly by: Instant }
  | { readonly duty: 'call-patient'; readonly role: 'coordinator'; readonly by: Instant }
  | { readonly duty: 'report-to-medical-director'; readonly role: 'medical-director' }
  | { readonly duty: 'rems-form'; readonly role: 'nurse'; readonly on: LocalDate };

/** The last day on which the REMS form of a session may be sent: calendar days where the patient was treated (S6). */
export const remsFormDueOn = ({ remsForm }: DosingDay, startedAt: Instant, zone: Zone): LocalDate =>
  plusDays(localDate(startedAt, zone), durationParts(remsForm.dueIn).days);

/**
 * What a started dose leaves behind (reference 4.6, 5, 6.1): the same after a whole, a partial and an aborted one. A patient who
 * leaves before the list is complete is called within the clinic's time; one who drives or goes alone is reported as well.
 */
export const dutiesAfterDose = (
  { startedAt }: Pick<Cycle, 'startedAt'>,
  departure: Departure,
  program: Program,
  standards: DosingDay,
  { zone, callWithin }: { readonly zone: Zone; readonly callWithin: string },
): Duty[] => {
  if (startedAt === null) return [];
  const { at, asPlanned, escorted, drove } = departure;
  const unsafe = drove || !escorted;
  return [
    { duty: 'integration', role: 'therapist' },
    { duty: 'home-safe', role: 'patient' },
    { duty: 'next-day-check-in', role: 'patient' },
    ...(asPlanned && !unsafe
      ? []
      : ([
          { duty: 'tell-prescriber', role: 'provider', by: at },
          { duty: 'call-patient', role: 'coordinator', by: plus(at, callWithin) },
        ] as const)),
    ...(unsafe ? ([{ duty: 'report-to-medical-director', role: 'medical-director' }] as const) : []),
    ...(program.dosing.drug === 'esketamine'
      ? ([{ duty: 'rems-form', role: 'nurse', on: remsFormDueOn(standards, startedAt, zone) }] as const)
      : []),
  ];
};
