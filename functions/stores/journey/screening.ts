import type { Clinical, Journey } from '../../domain/journey/journey.ts';
import { factsToAsk, withScreenerFinished } from '../../domain/screening/derived.ts';
import { type FactSheet, parseFacts } from '../../domain/screening/facts.ts';
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

/** Keeps facts beside those of before and reads all of them; what is no fact is not written. */
export const keepFacts = async (
  desk: Desk,
  facts: Facts,
  read: (facts: Facts) => FactSheet = parseFacts,
): Promise<FactSheet> => {
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
