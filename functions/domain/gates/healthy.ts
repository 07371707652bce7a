import type { Cycle } from '../journey/cycle.ts';
import type { Program } from '../program/program.ts';
import { fromMs, type Instant, toMs } from '../time/instants.ts';

/** What is recorded on a task. */
export type Answers = NonNullable<Cycle['check']>;
type Answer = Answers[string];

const HOUR = 3_600_000;

const VITALS = { sbp: 118, dbp: 74, heartRate: 68, spo2: 98, respiratoryRate: 14, temperatureC: 36.7 };
const NO_THOUGHTS = { q1: false, q2: false, q3: false, q4: false, q5: false, q6: false };

/** What a nurse records at check-in of a patient with whom everything is as it should be. */
export const healthyCheckIn = (now: Instant, { dosing, dischargeLimits }: Program): Answers => ({
  identity: true,
  orderSigned: true,
  agrees: true,
  oriented: true,
  substances24h: false,
  escortReachable: true,
  roomSigned: true,
  couldBePregnant: false,
  chaperonePresent: true,
  videoLive: true,
  addressConfirmed: true,
  emergencyContactConfirmed: true,
  remsSiteCertified: true,
  remsPatientEnrolled: true,
  prescriberOnSite: true,
  monitorOnSite: true,
  ...VITALS,
  moaas: dischargeLimits.moaas,
  lastAteAt: fromMs(toMs(now) - dosing.fasting.solidsHours * HOUR),
  lastDrankAt: fromMs(toMs(now) - dosing.fasting.clearLiquidsHours * HOUR),
  takenToday: [],
  newMedicines: [],
  symptoms: [],
  pregnancyTest: 'negative',
  cssrs: NO_THOUGHTS,
});

/** What a patient who is well says on the next day: nothing of suicide since the last contact. */
export const healthyNextDay = (): Answers => ({ cssrs: NO_THOUGHTS });

/** What a clinician records at the discharge of a patient who has recovered as hoped. */
export const healthyDischarge = ({ dischargeLimits }: Program): Answers => ({
  moaas: dischargeLimits.moaas,
  oriented: true,
  dissociation: 0,
  aldrete: dischargeLimits.aldreteAtLeast,
  ...VITALS,
  walksUnaided: true,
  nauseaControlled: true,
  drinks: true,
  lineOut: true,
  cssrs: NO_THOUGHTS,
  calm: true,
  escortPresent: true,
  escortIdentified: true,
  notDriving: true,
  instructionsGiven: true,
  checkInScheduled: true,
  remsFormOpened: true,
});

const isObject = (value: Answer | undefined): value is { [key: string]: Answer } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was answered, with every answer that is missing taken as it should be; inside an object (`cssrs`) too. */
export const withMissing = (given: Answers, asItShouldBe: Answers): Answers => {
  const filled: Answers = { ...asItShouldBe, ...given };
  for (const [key, answer] of Object.entries(given)) {
    const whole = asItShouldBe[key];
    if (isObject(answer) && isObject(whole)) filled[key] = withMissing(answer, whole);
  }
  return filled;
};
