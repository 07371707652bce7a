import { holdersOf } from '../clinic/roster.ts';
import { remoteOrderUnlawful } from '../law/remote-prescribing.ts';
import type { CheckId } from '../names.ts';
import { isModeratelySuicidal } from '../screening/moderate-suicidality.ts';
import { type Instant, laterOf, plus } from '../time/instants.ts';
import { localDate, plusLocal } from '../time/local.ts';
import { BLOCK, type Check, HOLD, PASS, passIf } from './finding.ts';
import type { Scene } from './scene.ts';
import {
  consentsInForce,
  hasEscort,
  isCleared,
  isPrepared,
  isRemote,
  isSpaced,
  nextDoseNotBefore,
  otherCycles,
  owesIntegration,
} from './standing.ts';

/** In date now and, once a dose is chosen, on its day too. */
const clearanceValid: Check = (scene) =>
  passIf(
    isCleared(scene, scene.now) && isCleared(scene, laterOf(scene.now, scene.dosing?.startsAt ?? scene.now)),
    HOLD,
  );

/** The integration lies inside its window after the planned end of the dose; pairs are proposed so. */
const integrationWindow: Check = ({ dosing, integration, program, clinic }) => {
  if (dosing === undefined) return PASS;
  if (integration === undefined) return HOLD;
  const { opens, closes } = program.integration.window;
  const endsAt = plus(plus(dosing.startsAt, program.dosing.before), program.dosing.duration);
  const { startsAt } = integration;
  return passIf(
    startsAt >= plusLocal(endsAt, opens, clinic.zone) && startsAt <= plusLocal(endsAt, closes, clinic.zone),
    HOLD,
  );
};

/** Every role in the room is somebody's, and who leads the integration may do so on that day. */
const staffing: Check = ({ program, clinic, therapistLicensed }) =>
  passIf(
    (therapistLicensed || !program.integration.licensed) &&
      program.dosing.roles.every((role) => holdersOf(clinic, role).length > 0),
    HOLD,
  );

/** The first instant at which the next dose could be booked: the program's notice from now, and its gap after the last dose. */
const earliestDose = (scene: Scene): Instant => {
  const { now, program, journey } = scene;
  const noticed = plus(now, program.dosing.notice);
  return laterOf(noticed, nextDoseNotBefore(otherCycles(scene), program, journey.zone) ?? noticed);
};

/** A dose at home: the program and the clinic allow it, no esketamine, nobody at risk (RV-34), and the law is content with who saw the patient (reference 6.6). */
const remoteAllowed: Check = (scene) => {
  const { journey, program, clinic, dosing, inPersonEvaluatedOn } = scene;
  if (!isRemote(journey)) return PASS;
  // The law of the day of the dose counts: before one is chosen, the first day on which it could be.
  const on = localDate(dosing?.startsAt ?? earliestDose(scene), journey.zone);
  const { drug, remoteAllowed: planned } = program.dosing;
  const { teleRxFlexUntil: flexUntil, homeDosing } = clinic.policy;
  const unlawful = remoteOrderUnlawful({ on, drug, inPersonEvaluatedOn, flexUntil });
  return passIf(planned && homeDosing && unlawful === null && !isModeratelySuicidal(journey), BLOCK);
};

/** Before a dose and its integration are booked as a pair; some of these are asked at enrolment too. */
export const BOOKING_CHECKS = {
  'clearance-valid': clearanceValid,
  'consents-in-force': (scene) => passIf(consentsInForce(scene), HOLD),
  'payment-acknowledged': ({ journey, program }) =>
    passIf(!program.plan.acknowledgeCost || journey.costAcknowledgedAt !== null, HOLD),
  'preparation-complete': (scene) => passIf(isPrepared(scene), HOLD),
  'integration-owed': (scene) => passIf(!owesIntegration(scene), HOLD),
  'integration-window': integrationWindow,
  spacing: (scene) => passIf(scene.dosing === undefined || isSpaced(scene, scene.dosing.startsAt), BLOCK),
  'measures-due': ({ measuresDue }) => passIf(measuresDue.length === 0, HOLD),
  'no-hold': ({ journey }) => passIf(journey.holds.length === 0, HOLD),
  staffing,
  'chaperone-confirmed': (scene) => passIf(hasEscort(scene), HOLD),
  'remote-allowed': remoteAllowed,
} as const satisfies Partial<Record<CheckId, Check>>;
