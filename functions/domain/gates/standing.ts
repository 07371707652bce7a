import type { Cycle } from '../journey/cycle.ts';
import { isOwed } from '../journey/cycle.ts';
import type { Clearance, Journey } from '../journey/journey.ts';
import { type Consent, FIT_QUESTIONS, keysOf, type Setting } from '../names.ts';
import type { Program } from '../program/program.ts';
import { countsDays } from '../time/durations.ts';
import { type Instant, laterOf } from '../time/instants.ts';
import { atLocal, localDate, plusDays, plusLocal } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';
import type { Scene } from './scene.ts';

/** Whether the patient is dosed at home, under a chaperone's eyes. */
export const isRemote = ({ modality }: Journey): boolean => modality === 'remote';

/** Where the patient is dosed, and so what a clearance must cover. */
export const settingOf = (journey: Journey, program: Program): Setting =>
  isRemote(journey) ? 'home' : program.dosing.setting;

/** Whether a clearance of a kind is in date at an instant (its last instant excluded), not voided, and covers the route and setting (DD-02). */
export const clearanceInForce = (journey: Journey, kind: Clearance['kind'], program: Program, at: Instant): boolean =>
  journey.clearances.some(
    (each) =>
      each.kind === kind &&
      each.voidedAt === null &&
      each.at <= at &&
      at < each.validUntil &&
      // Whether a route suits the patient is the prescriber's to say.
      (each.kind === 'psychological' || each.route === program.dosing.route) &&
      each.setting === settingOf(journey, program),
  );

/** Whether every clearance that the program asks for is in force at an instant. */
export const isCleared = ({ journey, program }: Scene, at: Instant): boolean =>
  program.clearances.every(({ kind }) => clearanceInForce(journey, kind, program, at));

/** The consents without which no dose is given: those that the program asks for; a remote dose needs telehealth too (DD-03). */
export const consentsNeeded = ({ journey, program }: Pick<Scene, 'journey' | 'program'>): readonly Consent[] =>
  isRemote(journey) ? [...new Set([...program.consents, 'telehealth' as const])] : program.consents;

/** Whether every consent that is needed is signed and given (DD-03). */
export const consentsInForce = (scene: Scene): boolean =>
  scene.journey.consentsSignedAt !== null && consentsNeeded(scene).every((consent) => scene.journey.consents[consent]);

/** Whether every commitment that the program requires was given at the consult. */
export const isCommitted = ({ program, fit }: Scene): boolean =>
  keysOf(FIT_QUESTIONS).every(
    (question) => fit[question] || !program.fit.questions.some(({ id, required }) => id === question && required),
  );

/** Whether the patient has had the preparation that the program asks for. */
export const isPrepared = ({ journey, program }: Scene): boolean =>
  journey.preparedAt !== null && journey.preparations >= program.preparation.sessions;

/** The cycles other than the one that is gated. */
export const otherCycles = ({ cycle, cycles }: Scene): readonly Cycle[] =>
  cycles.filter((each) => each.number !== cycle?.number || each.journeyId !== cycle.journeyId);

/** Whether an earlier dose still owes its integration, where the program wants that before the next dose. */
export const owesIntegration = (scene: Scene): boolean =>
  scene.program.integration.requiredBeforeNextDose && otherCycles(scene).some(isOwed);

// A program's `perWeek` is a ceiling for any seven days in a row.
const WEEK = 7;

/**
 * The first instant at which a further dose may start: the program's least gap after the last one, and no more doses
 * in any seven local days than it allows. Gaps in days count dates of the zone. Undefined before the first dose.
 */
export const nextDoseNotBefore = (
  cycles: readonly Pick<Cycle, 'startedAt'>[],
  { series: { spacing } }: Program,
  zone: Zone,
): Instant | undefined => {
  const starts = cycles.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const last = starts.at(-1);
  if (last === undefined) return undefined;
  const gapEnds = plusLocal(last, spacing.min, zone);
  const spaced = countsDays(spacing.min) ? atLocal(localDate(gapEnds, zone), '00:00', zone) : gapEnds;
  const firstOfWeek = starts.at(-spacing.perWeek);
  if (firstOfWeek === undefined) return spaced;
  return laterOf(spaced, atLocal(plusDays(localDate(firstOfWeek, zone), WEEK), '00:00', zone));
};

/** Whether a dose may start at an instant, by the doses before it. */
export const isSpaced = (scene: Scene, at: Instant): boolean => {
  const notBefore = nextDoseNotBefore(otherCycles(scene), scene.program, scene.journey.zone);
  return notBefore === undefined || at >= notBefore;
};

/** Whether there is an adult to take the patient home: a named one, or a taxi where the medical director allows it (DD-15). */
export const hasEscort = ({ journey, program, clinic }: Scene): boolean => {
  if (journey.chaperone === 'named') return true;
  if (isRemote(journey)) return false;
  return program.dosing.chaperone === 'optional' || clinic.policy.taxiAloneIsEscort;
};
