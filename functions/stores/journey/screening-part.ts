import type { JsonRecord } from '../../domain/json-record.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { score } from '../../domain/measures/score.ts';
import { parseInput } from '../../domain/problems.ts';
import { screenerAnew } from '../../domain/screening/derived.ts';
import { isEmergency, PatientFacts } from '../../domain/screening/patient-facts.ts';
import { roleOf } from '../../domain/tasks/opening.ts';
import { clinicals } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { type AskedAgain, refusing } from './effect.ts';
import { heedItems, type ItemAnswers, itemsAt } from './item-answers.ts';
import { openCrisisOfAnswers } from './safety.ts';
import type { Facts } from './screening.ts';

/** What a patient answered of the screening where nobody asked them: facts of themselves, and the items of the PHQ-9. */
type Part = {
  readonly facts: Facts;
  readonly phq9: { readonly instrument: Measure; readonly items: ItemAnswers } | undefined;
};

/** What came with a form of a link; undefined where nothing is answered. */
export const partIn = (desk: Desk, { phq9 }: JsonRecord, facts: Facts | undefined): Part | undefined => {
  const instrument = desk.library.measure('phq9');
  const items = instrument && itemsAt(instrument, phq9, 'data.phq9');
  if (facts === undefined && items === undefined) return undefined;
  return { facts: facts ?? {}, phq9: instrument && items && { instrument, items } };
};

/** What the sheet asks of the PHQ-9; a total that too little was answered for, and an item 9 that was left out, stay open. */
const scored = (instrument: Measure, items: ItemAnswers): Facts => {
  const { total } = score(instrument, items);
  const item9 = items['item-9'];
  return { ...(total !== null && { phq9_total: total }), ...(typeof item9 === 'number' && { phq9_item9: item9 }) };
};

/**
 * Keeps what a patient could say where nobody asked them. What is an emergency by the rules is a crisis in the write that takes it, and
 * item 9 brings the screener as it does anywhere; what they said about suicide before no longer stands, since it belongs to the same sitting.
 */
export const keepPart = async (desk: Desk, { facts, phq9 }: Part, by: string): Promise<void> => {
  const told = refusing(() => parseInput(PatientFacts, facts, 'facts'));
  const clinical = await desk.need(clinicals, desk.journey.id);
  const before = clinical.facts.cssrs_completed === undefined ? {} : screenerAnew();
  desk.put(clinicals, {
    ...clinical,
    facts: { ...clinical.facts, ...before, ...facts, ...(phq9 && scored(phq9.instrument, phq9.items)) },
  });
  const { rules } = desk.library.ruleset(desk.program.screening.ruleset);
  if (isEmergency(told, rules)) await openCrisisOfAnswers(desk, 'screening', by);
  if (phq9 !== undefined) await heedItems(desk, phq9.instrument, phq9.items);
};

/** Whoever reviews a screening asks for the rest of the sheet on the telephone. */
export const askTheRest = (desk: Desk): AskedAgain => ({
  reopenFor: roleOf({ kind: 'screening-review' }, desk.program),
});
