import type { CheckId, Route } from '../names.ts';
import { fromMs, type Instant, laterOf, plus, toMs } from '../time/instants.ts';
import { localDate, minusLocal } from '../time/local.ts';
import { bloodPressure } from './blood-pressure.ts';
import { BLOCK, type Check, CRISIS, HOLD, MISSING, PASS, passIfAll } from './finding.ts';
import { codesOf, dateIn, momentOf, noOf, numberOf, suicidalityOf, wordOf, yesOf } from './recorded.ts';
import type { Scene } from './scene.ts';

/** Urgent answers open a crisis; moderate ones wait for a clinician, and end the day where the clinic does not dose after them (S45). */
const suicidality: Check = ({ cycle, clinic }) => {
  const level = suicidalityOf(cycle?.check);
  if (level === 'high') return CRISIS;
  if (level === 'incomplete') return MISSING;
  if (level === 'moderate') return clinic.policy.moderateSuicidalitySameDay ? HOLD : { result: 'hold', final: true };
  return PASS;
};

const HOUR = 3_600_000;

const hoursBefore = (at: Instant, hours: number): Instant => fromMs(toMs(at) - hours * HOUR);

/** Counted back from when the drug is planned, or from now once that has passed: not from the arrival (reference 4.2). */
const drugAt = ({ now, dosing, program }: Scene): Instant =>
  dosing === undefined ? now : laterOf(now, plus(dosing.startsAt, program.dosing.before));

const fasting: Check = (scene) => {
  const { solidsHours, clearLiquidsHours } = scene.program.dosing.fasting;
  const ate = momentOf(scene.cycle?.check, 'lastAteAt');
  const drank = momentOf(scene.cycle?.check, 'lastDrankAt');
  const at = drugAt(scene);
  return passIfAll(
    [
      ate === undefined ? undefined : ate <= hoursBefore(at, solidsHours),
      drank === undefined ? undefined : drank <= hoursBefore(at, clearLiquidsHours),
    ],
    HOLD,
  );
};

const vitals: Check = ({ cycle, clinic }) => {
  const { heartRateMin, heartRateMax, spo2Min, respiratoryRateMin, temperatureMaxC } = clinic.policy.vitals;
  const isFine = (key: string, fine: (value: number) => boolean): boolean | undefined => {
    const value = numberOf(cycle?.check, key);
    return value === undefined ? undefined : fine(value);
  };
  return passIfAll(
    [
      isFine('heartRate', (rate) => rate >= heartRateMin && rate <= heartRateMax),
      isFine('spo2', (percent) => percent >= spo2Min),
      isFine('respiratoryRate', (rate) => rate >= respiratoryRateMin),
      isFine('temperatureC', (celsius) => celsius < temperatureMaxC),
    ],
    HOLD,
  );
};

/** Whether the test that was recorded is recent enough (calendar days); one without a date was made today. */
const isRecentTest = ({ cycle, clinic, journey: { zone }, now }: Scene): boolean => {
  const on = dateIn(cycle?.check, 'pregnancyTestOn');
  if (on === undefined) return true;
  const oldest = localDate(minusLocal(now, clinic.policy.pregnancyTestWithin, zone), zone);
  return on !== null && on >= oldest && on <= localDate(now, zone);
};

/** A negative test before the first dose of a series, not too old, and the question at every visit; who cannot become pregnant is asked neither. */
const pregnancy: Check = (scene) => {
  const { cycle, facts } = scene;
  const test = wordOf(cycle?.check, 'pregnancyTest');
  if (test === 'positive' || yesOf(cycle?.check, 'couldBePregnant') === true) return HOLD;
  if (facts.pregnancy_potential === false) return PASS;
  const isFirst = cycle === undefined || cycle.number === 1;
  return passIfAll(
    [
      noOf(cycle?.check, 'couldBePregnant'),
      isFirst ? (test === undefined ? undefined : test === 'negative' && isRecentTest(scene)) : true,
    ],
    HOLD,
  );
};

/** Classes that add to sedation, blood pressure or seizures when taken on the day (S6, S9, S2*); buprenorphine is an opioid. */
const NOT_TODAY = ['benzodiazepine', 'opioid', 'buprenorphine', 'stimulant', 'maoi'];
/** These narrow the nose or keep the spray out of it, within an hour before a nasal dose. */
export const NOT_BEFORE_NASAL = ['nasal_steroid', 'nasal_decongestant', 'decongestant'] as const;

const isNasal = (route: Route): boolean => route === 'intranasal' || route === 'intranasal_esketamine';

const medicines: Check = ({ cycle, program }) => {
  const fresh = codesOf(cycle?.check, 'newMedicines');
  const taken = codesOf(cycle?.check, 'takenToday');
  const unwanted: readonly string[] = isNasal(program.dosing.route) ? [...NOT_TODAY, ...NOT_BEFORE_NASAL] : NOT_TODAY;
  return passIfAll(
    [
      fresh === undefined ? undefined : fresh.length === 0,
      taken === undefined ? undefined : !taken.some((each) => unwanted.includes(each)),
    ],
    HOLD,
  );
};

/** Any symptom that is new today is the prescriber's to judge; a list of harmless ones would be a diagnosis. */
const illness: Check = ({ cycle }) => {
  const symptoms = codesOf(cycle?.check, 'symptoms');
  return passIfAll([symptoms === undefined ? undefined : symptoms.length === 0], HOLD);
};

/** Wide awake by the same figure as at discharge, oriented, and willing today. */
const baseline: Check = ({ cycle, program }) => {
  const moaas = numberOf(cycle?.check, 'moaas');
  return passIfAll(
    [
      moaas === undefined ? undefined : moaas >= program.dischargeLimits.moaas,
      yesOf(cycle?.check, 'oriented'),
      yesOf(cycle?.check, 'agrees'),
    ],
    BLOCK,
  );
};

/** The dosing day's checks of the patient (reference 4.1, 4.2). */
export const DOSING_DAY_PATIENT = {
  'DD-07': suicidality,
  'DD-08': fasting,
  'DD-09': bloodPressure,
  'DD-10': vitals,
  'DD-11': pregnancy,
  'DD-12': ({ cycle }) => passIfAll([noOf(cycle?.check, 'substances24h')], BLOCK),
  'DD-13': medicines,
  'DD-14': illness,
  'DD-18': baseline,
} as const satisfies Partial<Record<CheckId, Check>>;

/** Whether what was recorded calls for help at once, whatever becomes of the day: urgent suicidality or a medical emergency. */
export const callsForHelp = (scene: Scene): boolean =>
  [suicidality, bloodPressure].some((check) => check(scene).crisis === true);
