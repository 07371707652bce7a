import * as z from 'zod';
import type { Clinical, Journey } from '../../domain/journey/journey.ts';
import { parseInput } from '../../domain/problems.ts';
import { factsToAsk, screenerAnew, withScreenerFinished } from '../../domain/screening/derived.ts';
import { FactSheet, parseFacts, ScreenerFacts } from '../../domain/screening/facts.ts';
import { withIndication } from '../../domain/screening/indications.ts';
import { reviewRole, type ScreeningResult, screen } from '../../domain/screening/screen.ts';
import { clinicals, screenings } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { refusing } from './effect.ts';

type Screening = NonNullable<Journey['screening']>;

/** What the program's rule table, and the program itself, say of a fact sheet. */
const findingOf = async (desk: Desk, sheet: FactSheet): Promise<ScreeningResult> => {
  const ruleset = desk.library.ruleset(desk.program.screening.ruleset);
  const { fit } = await desk.need(clinicals, desk.journey.id);
  const table = screen(sheet, ruleset, policyOf(desk.clinic.policy.screening));
  return withIndication(
    table,
    desk.program,
    { indication: sheet.indication, reasons: fit.reasons },
    desk.clinic.policy,
  );
};

/**
 * Whether a fact sheet is to be asked again before anybody can decide on it: nobody may overturn what it says, and somebody
 * could if the screener about suicide were finished (RV-35).
 */
export const isToFinish = async (desk: Desk, sheet: FactSheet): Promise<boolean> => {
  if (factsToAsk(sheet).length === 0 || reviewRole(await findingOf(desk, sheet)) !== 'none') return false;
  return reviewRole(await findingOf(desk, withScreenerFinished(sheet))) !== 'none';
};

/** Facts as they come with an answer or a command. */
export type Facts = Clinical['facts'];

/** Reads a fact sheet that came with an answer; what is no fact refuses the answer. */
export const readAnswered = (facts: Facts): FactSheet => refusing(() => parseFacts(facts));

/** Reads a sheet that others have still to fill in; what is no fact refuses the answer. */
export const readPart = (facts: Facts) => refusing(() => parseInput(FactSheet.partial(), facts, 'facts'));

/** What a patient said about suicide. */
const Heard = z.object({ ...ScreenerFacts.shape, phq9_item9: FactSheet.shape.phq9_item9 });
export type Heard = z.infer<typeof Heard>;

/** Reads what a patient said about suicide on a sheet that others have still to fill in; what is no fact refuses the answer. */
export const readHeard = (facts: Facts): Heard =>
  refusing(() => parseInput(Heard, { ...screenerAnew(), phq9_item9: null, ...readPart(facts) }, 'facts'));

/** Keeps facts beside those of before and reads all of them; what is no fact is not written. */
export const keepFacts = async <S>(desk: Desk, facts: Facts, read: (facts: Facts) => S): Promise<S> => {
  const clinical = await desk.need(clinicals, desk.journey.id);
  const all = { ...clinical.facts, ...facts };
  const sheet = read(all);
  desk.put(clinicals, { ...clinical, facts: all });
  return sheet;
};

/** Reads a fact sheet against the program's rule table, keeps what it says with the journey and tells the timeline. */
export const screenNow = async (desk: Desk, sheet: FactSheet): Promise<Screening & Pick<ScreeningResult, 'fired'>> => {
  const found = await findingOf(desk, sheet);
  const { disposition, reasons, notes, rulesetVersion, fired } = found;
  const journeyId = desk.journey.id;
  desk.note(journeyId, { kind: 'screening', disposition, reasons, notes, rulesetVersion });
  desk.state(screenings, { journeyId, at: desk.now, disposition, rulesetVersion, fired });
  const role = disposition === 'eligible' ? null : reviewRole(found);
  const screening = {
    disposition,
    reasons,
    notes,
    rulesetVersion,
    reviewRole: role === 'none' ? null : role,
    at: desk.now,
  };
  desk.keep({ screening });
  return { ...screening, fired };
};

const policyOf = (policy: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(Object.entries(policy).map(([key, value]) => [key, String(value)]));
