import { type Duration, elapsedMs } from '../time/durations.ts';
import { fromMs, type Instant, toMs } from '../time/instants.ts';
import { dateOf, toWallMs } from '../time/local.ts';
import type { WorkingCalendar } from '../time/working-hours.ts';
import type { Diaries } from './availability.ts';
import { type Proposals, type Search, tryInOrder } from './candidates.ts';
import { type FreeTimes, freeTimes } from './free-times.ts';
import { firstIntegration, type IntegrationNeeds, integrationAt } from './integration-slot.ts';
import { inThePast, type Slot, slotAt } from './propose-slots.ts';
import { type Spacing, spacingRules } from './spacing.ts';
import type { Attempt, Need, Place } from './staffing.ts';

/** What a dosing appointment needs, for all of its three parts: preparation, dose, observation. */
export type DosingNeeds = Place & {
  readonly before: Duration;
  readonly dose: Duration;
  readonly observation: Duration;
  readonly needs: readonly Need[];
  /** The clinic's hours and holidays. */
  readonly opening: WorkingCalendar;
};

/** A dose and the integration that it owes, for one patient. */
export type PairNeeds = {
  readonly dosing: DosingNeeds;
  readonly integration: Omit<IntegrationNeeds, 'grid'>;
  readonly spacing: Spacing;
  /** Starts of the patient's other doses, given or booked, of earlier journeys too. */
  readonly doses: readonly Instant[];
  /** The start of the dose before this one in the series; without it no dose is late. */
  readonly previousDoseAt?: Instant | undefined;
};

/** A dose and its integration, both feasible; `plannedEndsAt` is the end of the dose that the window is counted from. */
export type Pair = {
  readonly dosing: Slot;
  readonly plannedEndsAt: Instant;
  readonly integration: Slot;
  readonly warnings: readonly 'spacing-max'[];
};

/** What a pair needs, whose diaries count, and how far to look. */
export type PairSearch = PairNeeds & Diaries & Search;

const pairing = (asked: PairNeeds & Diaries & { readonly grid: Duration }, free: FreeTimes) => {
  const { dosing, spacing, doses, zone } = asked;
  const untilEnd = elapsedMs(dosing.before) + elapsedMs(dosing.dose);
  const whole = { ...dosing, duration: `PT${(untilEnd + elapsedMs(dosing.observation)) / 1000}S` };
  const integration = { ...asked.integration, grid: asked.grid };
  const rules = spacingRules(spacing, doses, zone);
  return {
    rules,
    dosingAt: (start: number): Attempt<Slot> => slotAt(whole, start, free),
    integrationFor: (start: number, at?: number): Attempt<Slot> =>
      at === undefined
        ? firstIntegration(integration, start + untilEnd, free)
        : integrationAt(integration, start + untilEnd, at, free),
    pair: (start: number, held: Slot, owed: Slot): Pair => ({
      dosing: held,
      plannedEndsAt: fromMs(start + untilEnd),
      integration: owed,
      warnings: rules.isLate(held.startsAt, asked.previousDoseAt) ? ['spacing-max'] : [],
    }),
  };
};

/** The first doses that can be booked together with their integration, and why the earlier ones were refused. */
export const proposePairs = (search: PairSearch): Proposals<Pair> => {
  const free = freeTimes(search);
  const { rules, dosingAt, integrationFor, pair } = pairing(search, free);
  return tryInOrder<Pair>(search, search.dosing.opening, free, rules.onDate, (start) => {
    const close = rules.atMoment(start);
    if (close) return { feasible: false, reasons: [close] };
    const held = dosingAt(start);
    if (!held.feasible) return held;
    const owed = integrationFor(start);
    return owed.feasible ? { feasible: true, found: pair(start, held.found, owed.found) } : owed;
  });
};

/** Whether a dose may be booked at an instant, with its integration at another (or the first free one), or every reason against it. */
export const checkPair = (
  asked: PairNeeds &
    Diaries & {
      readonly grid: Duration;
      readonly notBefore: Instant;
      readonly dosingStartsAt: Instant;
      readonly integrationStartsAt?: Instant | undefined;
    },
): Attempt<Pair> => {
  const free = freeTimes(asked);
  const { rules, dosingAt, integrationFor, pair } = pairing(asked, free);
  const start = toMs(asked.dosingStartsAt);
  const spaced = rules.onDate(dateOf(toWallMs(start, asked.zone))) ?? rules.atMoment(start);
  const held = dosingAt(start);
  const session = asked.integrationStartsAt === undefined ? undefined : toMs(asked.integrationStartsAt);
  const owed = integrationFor(start, session);
  const tried: Attempt<Pair> =
    !spaced && held.feasible && owed.feasible
      ? { feasible: true, found: pair(start, held.found, owed.found) }
      : {
          feasible: false,
          reasons: [
            ...(spaced ? [spaced] : []),
            ...(held.feasible ? [] : held.reasons),
            ...(owed.feasible ? [] : owed.reasons),
          ],
        };
  return asked.dosingStartsAt < asked.notBefore ? inThePast(asked.notBefore, tried) : tried;
};
