import { parseInput } from '../../domain/problems.ts';
import { screenerAnew } from '../../domain/screening/derived.ts';
import { isEmergency, PatientFacts } from '../../domain/screening/patient-facts.ts';
import { roleOf } from '../../domain/tasks/opening.ts';
import { clinicals } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { type AskedAgain, refusing } from './effect.ts';
import { openCrisisOfAnswers } from './safety.ts';
import type { Facts } from './screening.ts';

/**
 * Keeps what a patient could say where nobody asked them. What is an emergency by the rules is a crisis in the write that takes it;
 * what they said about suicide before no longer stands, since it belongs to the same sitting.
 */
export const keepPart = async (desk: Desk, facts: Facts, by: string): Promise<void> => {
  const told = refusing(() => parseInput(PatientFacts, facts, 'facts'));
  const clinical = await desk.need(clinicals, desk.journey.id);
  const before = clinical.facts.cssrs_completed === undefined ? {} : screenerAnew();
  desk.put(clinicals, { ...clinical, facts: { ...clinical.facts, ...before, ...facts } });
  const { rules } = desk.library.ruleset(desk.program.screening.ruleset);
  if (isEmergency(told, rules)) await openCrisisOfAnswers(desk, 'screening', by);
};

/** Whoever reviews a screening asks for the rest of the sheet on the telephone. */
export const askTheRest = (desk: Desk): AskedAgain => ({
  reopenFor: roleOf({ kind: 'screening-review' }, desk.program),
});
