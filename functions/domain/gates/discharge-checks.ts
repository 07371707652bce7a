import { isStanding } from '../journey/appointment.ts';
import type { CheckId } from '../names.ts';
import { plus } from '../time/instants.ts';
import { plusLocal } from '../time/local.ts';
import { BLOCK, type Check, CRISIS, HOLD, PASS, passIf, passIfAll } from './finding.ts';
import { numberOf, suicidalityOf, yesOf } from './recorded.ts';

/** Compares a reading where there is one. */
const read = (value: number | undefined, fine: (value: number) => boolean): boolean | undefined =>
  value === undefined ? undefined : fine(value);

/** Observed for the program's time from the recorded end on; what a route asks from the start is asked of the program (`routeShortfalls`). */
const observed: Check = ({ cycle, program, now }) =>
  passIf(typeof cycle?.endedAt === 'string' && now >= plus(cycle.endedAt, program.dosing.observation), HOLD);

const awake: Check = ({ discharge, program: { dischargeLimits: limits } }) =>
  passIfAll(
    [
      read(numberOf(discharge, 'moaas'), (scale) => scale >= limits.moaas),
      read(numberOf(discharge, 'dissociation'), (rating) => rating <= limits.dissociationAtMost),
      read(numberOf(discharge, 'aldrete'), (score) => score >= limits.aldreteAtLeast),
      yesOf(discharge, 'oriented'),
    ],
    HOLD,
  );

/** Blood pressure near the check-in's or not above the limit of the day, heart rate in range, oxygen at its limit or back where it was. */
const vitalsSettled: Check = ({ discharge, cycle, clinic, program: { dischargeLimits: limits } }) => {
  const { holdAbove } = clinic.policy.bloodPressure;
  const { heartRateMin, heartRateMax } = clinic.policy.vitals;
  const isNear = (key: 'sbp' | 'dbp', value: number): boolean => {
    const before = numberOf(cycle?.check, key);
    return before !== undefined && Math.abs(value - before) <= limits.bloodPressureWithin;
  };
  const [sbp, dbp] = [numberOf(discharge, 'sbp'), numberOf(discharge, 'dbp')];
  const pressure =
    sbp === undefined || dbp === undefined
      ? undefined
      : (sbp <= holdAbove.sbp && dbp <= holdAbove.dbp) || (isNear('sbp', sbp) && isNear('dbp', dbp));
  const oxygenBefore = numberOf(cycle?.check, 'spo2') ?? limits.spo2AtLeast;
  return passIfAll(
    [
      pressure,
      read(numberOf(discharge, 'heartRate'), (rate) => rate >= heartRateMin && rate <= heartRateMax),
      read(numberOf(discharge, 'spo2'), (percent) => percent >= Math.min(limits.spo2AtLeast, oxygenBefore)),
    ],
    HOLD,
  );
};

const STEADY = ['walksUnaided', 'nauseaControlled', 'drinks'];

const steady: Check = ({ discharge, program }) =>
  passIfAll(
    (program.dosing.route === 'iv' ? [...STEADY, 'lineOut'] : STEADY).map((key) => yesOf(discharge, key)),
    HOLD,
  );

const mindSettled: Check = ({ discharge }) => {
  const level = suicidalityOf(discharge);
  if (level === 'high') return CRISIS;
  return passIfAll([level === 'incomplete' ? undefined : true, yesOf(discharge, 'calm')], HOLD);
};

/**
 * The integration stands inside its window, counted from the recorded end. Nobody is kept for one that was lost and that somebody
 * books anew, in the window or after it, or that was waived.
 */
const integrationConfirmed: Check = ({ cycle, integration, integrationAskedFor, program, clinic }) => {
  // Once its window has closed, or it was held or waived, there is nothing left to confirm: the debt is chased by itself.
  const isOpen = cycle?.debt == null || cycle.debt.state === 'owed';
  if (integrationAskedFor || !isOpen) return PASS;
  if (typeof cycle?.endedAt !== 'string' || integration === undefined || !isStanding(integration)) return HOLD;
  const { opens, closes } = program.integration.window;
  const { startsAt } = integration;
  return passIf(
    startsAt >= plusLocal(cycle.endedAt, opens, clinic.zone) &&
      startsAt <= plusLocal(cycle.endedAt, closes, clinic.zone),
    HOLD,
  );
};

/** Before the patient leaves: every box of the discharge checklist (reference 4.6). */
export const DISCHARGE_CHECKS = {
  observed,
  awake,
  'vitals-settled': vitalsSettled,
  steady,
  'mind-settled': mindSettled,
  'escort-present': ({ discharge }) =>
    passIfAll(
      [yesOf(discharge, 'escortPresent'), yesOf(discharge, 'escortIdentified'), yesOf(discharge, 'notDriving')],
      BLOCK,
    ),
  'instructions-given': ({ discharge }) => passIfAll([yesOf(discharge, 'instructionsGiven')], HOLD),
  'integration-confirmed': integrationConfirmed,
  'check-in-scheduled': ({ discharge }) => passIfAll([yesOf(discharge, 'checkInScheduled')], HOLD),
  'rems-form-opened': ({ discharge, program }) =>
    program.dosing.drug === 'esketamine' ? passIfAll([yesOf(discharge, 'remsFormOpened')], HOLD) : PASS,
} as const satisfies Partial<Record<CheckId, Check>>;
