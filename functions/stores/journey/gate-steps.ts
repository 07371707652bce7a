import type { Run } from '../../contracts/run.ts';
import { clearanceStanding } from '../../domain/follow-up/clearance-standing.ts';
import { clearanceInForce } from '../../domain/gates/standing.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { UNCLEARED } from '../../domain/journey/deadlines.ts';
import { isBeyond, isHalted } from '../../domain/journey/journey.ts';
import { isPending } from '../../domain/journey/task.ts';
import { type GateKind, REOPENINGS } from '../../domain/names.ts';
import { secondsUntil } from '../../domain/time/instants.ts';
import { cycles, journeyPartition, tasks } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { askForChaperone } from './chaperone-command.ts';
import { askClearance } from './clearances.ts';
import { type Desk, type DeskPorts, deskAtHead, enterPhase } from './desk.ts';
import { startDetached } from './detached.ts';
import { beforeDayGate, dayGate, isDayOver, tooLate } from './dosing-day-gate.ts';
import { planEducation } from './education.ts';
import { endByClinician } from './ending.ts';
import { askGate } from './gate-acts.ts';
import { failing, type GateStep, refusalsIn, refusedUntil, reviewsAsked, reviewsOf, step } from './gate-step.ts';
import { askLiverTest } from './liver-tests.ts';
import { sceneFor } from './scene.ts';
import { askAnotherTherapist } from './therapist-commands.ts';

const emptyCycle = (journeyId: string, number: number): Cycle => ({
  journeyId,
  number,
  dosingAppointmentId: null,
  integrationAppointmentId: null,
  orderedAt: null,
  check: null,
  checkedInAt: null,
  startedAt: null,
  endedAt: null,
  result: null,
  dischargedAt: null,
  againstAdvice: false,
  debt: null,
  integration: null,
  reviewed: false,
  responseReviewed: false,
  integrationsHeld: 0,
});

/** A gate on the way to the series: it lets on, asks for a review, waits, or ends the journey. */
const wayGate = async (desk: Desk, gate: GateKind, scope: string, number?: number): Promise<GateStep> => {
  const asked = await askGate(desk, gate, await sceneFor(desk, number));
  if (asked.result === 'pass') return step(desk, 'go-on');
  const refused = refusalsIn(await reviewsAsked(desk, `${gate}:${scope}:`));
  if (asked.follows === 'end' || refused.length > REOPENINGS) {
    await endByClinician(desk, failing(asked).join(', '));
    return step(desk, 'end');
  }
  const until = asked.follows === 'review' ? refusedUntil(desk, asked, refused) : undefined;
  // Whoever could name somebody is asked as often as whoever could do without.
  if (number !== undefined && until === undefined && failing(asked).includes('chaperone-confirmed'))
    await askForChaperone(desk, number, refused.length + 1);
  if (asked.follows !== 'review') return step(desk, 'hold');
  if (until !== undefined) return step(desk, 'hold', [], secondsUntil(desk.now, until));
  return step(desk, 'review', reviewsOf(asked, `${gate}:${scope}`));
};

/** A clearance that has ended, or ends soon, or covers another route, is asked for anew: no dose is booked without it. A voided one waits for its review. */
const renewClearances = async (desk: Desk): Promise<void> => {
  const { journey, program, clinic, now } = desk;
  for (const { kind, renewBefore } of program.clearances) {
    const given = journey.clearances.find((each) => each.kind === kind);
    const standing = given && clearanceStanding(given, journey.seriesEndedAt, now, { renewBefore, zone: clinic.zone });
    const stands = standing === 'in-force' && clearanceInForce(journey, kind, program, now);
    if (!stands && standing !== 'void') await askClearance(desk, kind);
  }
};

/** Whether somebody is about to clear the patient anew. */
const isClearing = async (desk: Desk): Promise<boolean> =>
  (await desk.list(tasks, journeyPartition(desk.journey.id), 'task#')).some(
    (task) => isPending(task) && /^(medical-clearance|psychological-clearance|screening-review)$/.test(task.kind),
  ) || desk.journey.holds.some(({ reason }) => reason === UNCLEARED);

/** Whether somebody of the clinic or a practice let their signature expire: that is asked for again, and is no patient's fault. */
const isUnsigned = async (desk: Desk): Promise<boolean> =>
  (await desk.list(tasks, journeyPartition(desk.journey.id), 'task#plan-sign-off-')).some(
    ({ role, state }) => role !== 'patient' && state === 'expired' && !desk.journey.planSignedBy.includes(role),
  );

/** Enrols the patient: into the preparation, with the first questionnaires and what is to be read. */
const enrol = async (desk: Desk): Promise<void> => {
  enterPhase(desk, 'preparation');
  for (const { id, at } of desk.program.measures)
    if (at.includes('baseline')) await startDetached(desk, { kind: 'answer-measure', about: `${id}-baseline` });
  await planEducation(desk, 'enrolled', desk.now);
  const { ownTherapist, consents } = desk.journey;
  // Whom the patient already sees hears of it only with the patient's release.
  if (ownTherapist && consents.shareWithOwnTherapist === true && desk.program.ownTherapist.sharing === 'with-release')
    await startDetached(desk, { kind: 'inform-own-therapist' });
};

/** Asks the gate that a state machine stands before and says what follows. */
export const checkGate = (
  ports: DeskPorts,
  input: { run: Run; gate: GateKind; cycle?: number | undefined },
): Promise<GateStep> =>
  transact(ports, 'check-gate', async (transaction) => {
    const desk = await deskAtHead(ports, transaction, input.run);
    const { journey } = desk;
    if (input.gate === 'dosing-day' || input.gate === 'pre-dose') {
      const cycle = await desk.need(cycles, { journeyId: journey.id, number: input.cycle ?? 0 });
      const known = beforeDayGate(desk, cycle);
      const isOpen = known === undefined || known === 'look-again';
      if (isOpen && (await isDayOver(desk, cycle.dosingAppointmentId))) return tooLate(desk, cycle);
      // What is known needs no time to settle: a replay after the dose began goes on at once.
      return known === undefined ? dayGate(desk, input.gate, cycle) : step(desk, known, [], 1);
    }
    if (isHalted(journey)) return step(desk, 'end');
    if (input.gate === 'booking') {
      const number = input.cycle ?? 0;
      const known = await desk.get(cycles, { journeyId: journey.id, number });
      if (known === undefined) desk.put(cycles, emptyCycle(journey.id, number));
      enterPhase(desk, 'series');
      await renewClearances(desk);
      await askLiverTest(desk);
      await askAnotherTherapist(desk);
      if (known !== undefined && known.dosingAppointmentId !== null) return step(desk, 'go-on');
      return wayGate(desk, 'booking', `c${number}`, number);
    }
    // A clearance that was voided meanwhile is asked for anew; the plan waits for it.
    if (input.gate === 'enrolment' && journey.phase === 'clearance') return step(desk, 'hold');
    if (input.gate === 'enrolment' && isBeyond(journey, 'plan')) return step(desk, 'go-on');
    const passed = await wayGate(desk, input.gate, 'journey');
    if (passed.follows === 'go-on' && input.gate === 'enrolment') await enrol(desk);
    if (passed.follows !== 'hold' || (await isClearing(desk))) return passed;
    if (await isUnsigned(desk)) return step(desk, 'look-again');
    await endByClinician(desk, 'not enrolled');
    return step(desk, 'end');
  });
