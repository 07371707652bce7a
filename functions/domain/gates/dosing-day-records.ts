import { isSevere } from '../adverse-events/severity.ts';
import { unsigned } from '../dosing/checklists.ts';
import type { CheckId } from '../names.ts';
import { pressureLimit } from './blood-pressure.ts';
import { BLOCK, type Check, HOLD, PASS, passIf, passIfAll } from './finding.ts';
import { numberOf, suicidalityOf, textsOf, yesOf } from './recorded.ts';
import { consentsInForce, hasEscort, isCleared, isPrepared, isRemote, isSpaced, owesIntegration } from './standing.ts';

const identityAndOrder: Check = ({ cycle, now }) => {
  if (typeof cycle?.orderedAt !== 'string' || cycle.orderedAt > now) return BLOCK;
  return passIfAll([yesOf(cycle.check, 'identity'), yesOf(cycle.check, 'orderSigned')], BLOCK);
};

/** Esketamine is given only under its safety program: site, patient, prescriber and monitor (S5, S6). */
const REMS = ['remsSiteCertified', 'remsPatientEnrolled', 'prescriberOnSite', 'monitorOnSite'];

const rems: Check = ({ program, cycle }) =>
  program.dosing.drug === 'esketamine'
    ? passIfAll(
        REMS.map((key) => yesOf(cycle?.check, key)),
        BLOCK,
      )
    : PASS;

const escort: Check = (scene) =>
  hasEscort(scene) ? passIfAll([yesOf(scene.cycle?.check, 'escortReachable')], HOLD) : HOLD;

/** A severe event must be over; a milder one must have been looked at by the provider. */
const eventsReviewed: Check = ({ safetyEvents, care }) => {
  const open = safetyEvents.filter(({ type, closedAt }) => type === 'adverse-event' && closedAt === null);
  if (open.some((event) => isSevere(event, care.adverseEvents))) return BLOCK;
  return passIf(
    open.every(({ decision }) => decision !== null),
    HOLD,
  );
};

/** What a dose at home needs on top, each answer given today (S25, S38). */
const remote: Check = (scene) => {
  const { journey, cycle, program } = scene;
  if (!isRemote(journey)) return PASS;
  const limit = pressureLimit(scene);
  const [sbp, dbp] = [numberOf(cycle?.check, 'sbp'), numberOf(cycle?.check, 'dbp')];
  const level = suicidalityOf(cycle?.check);
  return passIfAll(
    [
      program.dosing.drug !== 'esketamine',
      yesOf(cycle?.check, 'chaperonePresent'),
      yesOf(cycle?.check, 'videoLive'),
      yesOf(cycle?.check, 'addressConfirmed'),
      yesOf(cycle?.check, 'emergencyContactConfirmed'),
      sbp === undefined ? undefined : sbp <= limit.sbp,
      dbp === undefined ? undefined : dbp <= limit.dbp,
      level === 'incomplete' ? undefined : level === 'none' || level === 'low',
    ],
    BLOCK,
  );
};

/** Signed for this room and shift (reference 4.5): as a whole, or line by line, of which then none may be missing. */
const room: Check = ({ cycle, program, care }) => {
  const lines = textsOf(cycle?.check, 'roomItems');
  const signed = yesOf(cycle?.check, 'roomSigned');
  if (lines === undefined) return passIfAll([signed], BLOCK);
  return passIfAll([signed ?? true, lines !== null && unsigned(care.dosingDay, program, lines).length === 0], BLOCK);
};

/** The dosing day's checks of papers, people and place (reference 4.1). */
export const DOSING_DAY_RECORDS = {
  'DD-01': identityAndOrder,
  'DD-02': (scene) => passIf(isCleared(scene, scene.now), BLOCK),
  'DD-03': (scene) => passIf(consentsInForce(scene), BLOCK),
  'DD-04': rems,
  'DD-05': (scene) => passIf(isSpaced(scene, scene.now), BLOCK),
  'DD-06': (scene) => passIf(isPrepared(scene) && !owesIntegration(scene), HOLD),
  'DD-15': escort,
  'DD-16': room,
  'DD-17': eventsReviewed,
  'DD-19': remote,
} as const satisfies Partial<Record<CheckId, Check>>;
