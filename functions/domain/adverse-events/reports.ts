import { plusBusinessDays } from '../time/business-days.ts';
import { durationParts, elapsedMs } from '../time/durations.ts';
import { fromMs, type Instant, toMs } from '../time/instants.ts';
import { atLocal, type LocalDate, localDate, plusDays } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';
import type { AdverseEventRules, Clause, EVENT_KINDS, Report, SERIOUS } from './rules.ts';

/** What happened, as far as it is known. */
export type Happening = {
  readonly kind: (typeof EVENT_KINDS)[number];
  /** When the clinic came to know of it: clocks run from there. */
  readonly knownAt: Instant;
  readonly drug?: 'racemic' | 'esketamine';
  readonly grade?: number;
  readonly serious?: readonly (typeof SERIOUS)[number][];
  readonly lowestMoaas?: number;
  readonly highestSbp?: number;
  readonly highestDbp?: number;
};

/** A report that is owed: by the end of `due` (an instant), or without a time. */
export type OwedReport = Pick<Report, 'id' | 'to' | 'form' | 'reach' | 'voluntary'> & { readonly due: Instant | null };

/** Serious by what came of it, or by a grade that is so by its meaning: life-threatening, or death. */
export const isSerious = ({ serious = [], grade = 0 }: Happening): boolean => serious.length > 0 || grade >= 4;

const meets = (clause: Clause, event: Happening): boolean =>
  (clause.kinds?.includes(event.kind) ?? true) &&
  (clause.drug === undefined || clause.drug === event.drug) &&
  (clause.gradeFrom === undefined || (event.grade ?? 0) >= clause.gradeFrom) &&
  (clause.serious === undefined || isSerious(event)) &&
  (clause.moaasAtMost === undefined || (event.lowestMoaas ?? Number.POSITIVE_INFINITY) <= clause.moaasAtMost) &&
  (clause.sbpFrom === undefined || (event.highestSbp ?? 0) >= clause.sbpFrom) &&
  (clause.dbpFrom === undefined || (event.highestDbp ?? 0) >= clause.dbpFrom);

type Calendar = { readonly zone: Zone; readonly holidays: readonly LocalDate[] };

const endOf = (date: LocalDate, zone: Zone): Instant => atLocal(plusDays(date, 1), '00:00', zone);

const dueOf = ({ dueIn, counts }: Report, knownAt: Instant, { zone, holidays }: Calendar): Instant | null => {
  if (dueIn === null) return null;
  if (counts === 'hours') return fromMs(toMs(knownAt) + elapsedMs(dueIn));
  const { days } = durationParts(dueIn);
  const today = localDate(knownAt, zone);
  return endOf(counts === 'business-days' ? plusBusinessDays(today, days, holidays) : plusDays(today, days), zone);
};

/** Who must be told of what happened, and by when (reference 6.1); every duty that applies, in the order of the rules. */
export const reportsOwed = (event: Happening, { reports }: AdverseEventRules, calendar: Calendar): OwedReport[] =>
  reports
    .filter(({ anyOf }) => anyOf.some((clause) => meets(clause, event)))
    .map((report) => ({
      id: report.id,
      to: report.to,
      ...(report.form !== undefined && { form: report.form }),
      ...(report.reach !== undefined && { reach: report.reach }),
      voluntary: report.voluntary,
      due: dueOf(report, event.knownAt, calendar),
    }));
