import { callsForHelp } from '../../domain/gates/dosing-day-patient.ts';
import { codesOf, suicidalityOf, wordOf } from '../../domain/gates/recorded.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { MEDICINE_CLASSES, parseFacts } from '../../domain/screening/facts.ts';
import { clinicals } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import type { Given } from './effect.ts';
import { screenAnew } from './rescreening.ts';
import { openCrisisOfAnswers } from './safety.ts';
import { sceneFor } from './scene.ts';
import { type Facts, keepFacts } from './screening.ts';
import { heedSigns, SUICIDALITY, type Told } from './signs.ts';

type Check = NonNullable<Cycle['check']>;

/** Answers that call for help at once do so also where the nurse does not go on with the day (DD-07, DD-09). */
export const heedAtOnce = async (desk: Desk, cycle: Cycle, { data, by }: Given): Promise<void> => {
  const scene = await sceneFor(desk, cycle.number);
  if (callsForHelp({ ...scene, cycle: { ...cycle, check: { ...data } } }))
    await openCrisisOfAnswers(desk, 'dosing-day', by.id);
};

/** Facts about the patient that are news at check-in: medicines since the clearance, and a positive test. */
const newsIn = (check: Check, before: Facts): { readonly facts: Facts; readonly told: Facts } | undefined => {
  const fresh = codesOf(check, 'newMedicines') ?? [];
  const meds = MEDICINE_CLASSES.filter((each) => fresh.includes(each));
  const known = Array.isArray(before.meds) ? before.meds : [];
  const pregnant = wordOf(check, 'pregnancyTest') === 'positive' ? { pregnancy_status: 'positive' } : {};
  const facts = { ...(meds.length > 0 && { meds: [...new Set([...known, ...meds])] }), ...pregnant };
  return Object.keys(facts).length === 0
    ? undefined
    : { facts, told: { ...(meds.length > 0 && { meds }), ...pregnant } };
};

/** Screens anew what was told at check-in: it holds for the days to come too (reference 0.3 rule 6), also where today's dose was let pass. */
export const screenCheckIn = async (desk: Desk, check: Check, by: string): Promise<void> => {
  const { facts } = await desk.need(clinicals, desk.journey.id);
  const news = newsIn(check, facts);
  if (news !== undefined) await screenAnew(desk, await keepFacts(desk, news.facts, parseFacts), by, news.told);
};

/**
 * What was recorded at the check-in of a day without a dose outlasts it: moderate answers about suicide and signs that a rule
 * knows hold the next dose until a clinician has seen the patient, and news are screened.
 */
export const heedCheckIn = async (desk: Desk, check: Check, told: Told): Promise<void> => {
  const known = desk.library.care().followUp.signals.flatMap(({ signs }) => signs);
  const symptoms = (codesOf(check, 'symptoms') ?? []).map((each) => each.replaceAll('_', '-'));
  const signs = known.filter((sign) => symptoms.includes(sign));
  if (suicidalityOf(check) === 'moderate') signs.push(SUICIDALITY);
  await heedSigns(desk, [...new Set(signs)], told);
  await screenCheckIn(desk, check, told.by);
};
