import { ACUTE_SYMPTOMS } from '../screening/facts.ts';
import { BLOCK, type Check, CRISIS, HOLD, MISSING, PASS } from './finding.ts';
import { codesOf, numberOf } from './recorded.ts';
import type { Scene } from './scene.ts';

type Pressure = Scene['clinic']['policy']['bloodPressure']['holdAbove'];

/** The age that the setting `holdAboveFrom65` is named for. */
const OLDER = 65;

/** The blood pressure above which a dose waits (mmHg), by the patient's age where the medical director set two limits; an unknown age has the lower. */
export const pressureLimit = ({ clinic, facts }: Scene): Pressure => {
  const { holdAbove, holdAboveFrom65 } = clinic.policy.bloodPressure;
  const age = numberOf(facts, 'age_years');
  return age !== undefined && age >= OLDER && holdAboveFrom65 !== null ? holdAboveFrom65 : holdAbove;
};

const isRedFlag = (symptom: string): boolean => ACUTE_SYMPTOMS.some((each) => each === symptom);

/** DD-09: above the limit rest and recheck, further up no dose without the prescriber; an emergency or a red flag is nobody's to override. */
export const bloodPressure: Check = (scene) => {
  const { blockAbove, emergencyFrom } = scene.clinic.policy.bloodPressure;
  const check = scene.cycle?.check;
  const [sbp, dbp] = [numberOf(check, 'sbp'), numberOf(check, 'dbp')];
  const isAbove = (limit: Pressure): boolean =>
    (sbp !== undefined && sbp > limit.sbp) || (dbp !== undefined && dbp > limit.dbp);
  if (codesOf(check, 'symptoms')?.some(isRedFlag)) return CRISIS;
  // The emergency is a pair of values (180/120): either of them alone is above blockAbove already.
  if (sbp !== undefined && dbp !== undefined && sbp >= emergencyFrom.sbp && dbp >= emergencyFrom.dbp) return CRISIS;
  if (isAbove(blockAbove)) return BLOCK;
  if (isAbove(pressureLimit(scene))) return HOLD;
  return sbp === undefined || dbp === undefined ? MISSING : PASS;
};
