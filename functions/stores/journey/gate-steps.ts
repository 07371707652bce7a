import type { Run, Follows } from '../../contracts/run.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { CHECKS, type GateKind, REOPENINGS, type Role } from '../../domain/names.ts';
import { clearanceInForce } from '../../domain/gates/standing.ts';
import { weeklyAt } from '../../domain/tasks/opening.ts';
import { plus, secondsUntil } from '../../domain/time/instants.ts';
import { plusLocal } from '../../domain/time/local.ts';
import { cycles, journeyPartition, tasks } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { changeAppointment, holdUntil } from './appointment-acts.ts';
import { owe } from './debts.ts';
import { endByClinician } from './decide-task.ts';
import { type Desk, type DeskPorts, deskFor, enterPhase, holdLine } from './desk.ts';
import { startDetached } from './detached.ts';
import { planEducation } from './education.ts';
import { askGate } from './gate-acts.ts';
import { type Carried, carried } from './main-line.ts';
import { newestTask } from './waits.ts';
import { reopen } from './open-task.ts';
import { openSafetyEvent } from './safety.ts';
import { sceneFor } from './scene.ts';
import { fitIntegration, unbookPair } from './series-effects.ts';

/** A question to one role: whether it lets these checks of a gate pass. */
export type Review = { readonly role: Role; readonly about: string; readonly checks: string[] };

export type GateStep = Carried & { readonly follows: Follows; readonly reviews: Review[]; readonly seconds: number };

/** A gate that holds is looked at again after a day, or as soon as a signal says that something changed. */
const DAY_SECONDS = 86_400;

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
});

type Asked = Awaited<ReturnType<typeof askGate>>;

const failing = ({ checks }: Asked) =>
  checks.filter(({ result }) => result === 'hold' || result === 'block').map(({ id }) => id);

const reviewsOf = (asked: Asked, prefix: string): Review[] =>
  asked.reviewers.map((role) => {
    const about = `${prefix}:${asked.occurrence}`;
    const named: Record<string, { override: readonly string[] }> = CHECKS;
    const own = failing(asked).filter((id) => named[id]?.override.includes(role) ?? false);
    return { role, about, checks: own.length > 0 ? own : failing(asked) };
  });

/** How often reviewers said no to what this prefix names. */
const refusals = async (desk: Desk, prefix: string): Promise<number> => {
  const asked = await desk.list(tasks, journeyPartition(desk.journey.id), `task#gate-review-${prefix}`);
  return asked.filter(({ state, answer }) => state === 'decided' && answer === 'not-overridden').length;
};

const step = async (
  desk: Desk,
  follows: Follows,
  reviews: Review[] = [],
  seconds = DAY_SECONDS,
): Promise<GateStep> => ({
  ...(await carried(desk)),
  follows,
  reviews,
  seconds,
});

/** How long the patient settles between the check-in and the last gate. */
const settle = ({ now, program }: Desk): number => secondsUntil(now, plus(now, program.dosing.settle));

/** A gate on the way to the series: it lets on, asks for a review, waits, or ends the journey. */
const wayGate = async (desk: Desk, gate: GateKind, scope: string, number?: number): Promise<GateStep> => {
  const asked = await askGate(desk, gate, await sceneFor(desk, number));
  if (asked.result === 'pass') return step(desk, 'go-on');
  const said = await refusals(desk, `${gate}:${scope}:`);
  if (asked.follows === 'end' || said > REOPENINGS) {
    await endByClinician(desk, failing(asked).join(', '));
    return step(desk, 'end');
  }
  if (asked.follows === 'review') return step(desk, 'review', reviewsOf(asked, `${gate}:${scope}`));
  return step(desk, 'hold');
};

/** A gate of the dosing day: it lets on, asks who may override, asks the nurse again, or takes today's pair back. */
const dayGate = async (desk: Desk, gate: 'dosing-day' | 'pre-dose', cycle: Cycle): Promise<GateStep> => {
  const asked = await askGate(desk, gate, await sceneFor(desk, cycle.number));
  if (asked.crisis) await openSafetyEvent(desk, { type: 'crisis', severity: null, source: gate, by: null });
  if (asked.result === 'pass') return step(desk, 'go-on', [], settle(desk));
  const prefix = `${gate}:c${cycle.number}:${cycle.dosingAppointmentId}`;
  if (asked.follows === 'review' && (await refusals(desk, `${prefix}:`)) === 0)
    return step(desk, 'review', reviewsOf(asked, prefix));
  const check = await newestTask(desk, desk.journey.id, `dosing-day-check-${cycle.dosingAppointmentId}`);
  if (asked.follows === 'hold' && check?.state === 'decided' && check.repetition <= REOPENINGS) {
    await reopen(desk, check);
    return step(desk, 'look-again');
  }
  await unbookPair(desk, cycle);
  return step(desk, 'book-again');
};

/** Asks for a clearance anew when it is about to expire or has: the gate waits for it, and no dose is booked meanwhile. */
const renewClearances = async (desk: Desk, number: number): Promise<void> => {
  for (const { kind, task, renewBefore } of desk.program.clearances) {
    const inForce = clearanceInForce(
      desk.journey,
      kind,
      desk.program,
      plusLocal(desk.now, renewBefore, desk.clinic.zone),
    );
    if (!inForce) await startDetached(desk, { kind: task, about: `renewal-c${number}` });
  }
};

/** Enrols the patient: into the preparation, with the first questionnaires and what is to be read. */
const enrol = async (desk: Desk): Promise<void> => {
  enterPhase(desk, 'preparation');
  for (const { id, at } of desk.program.measures)
    if (at.includes('baseline')) await startDetached(desk, { kind: 'answer-measure', about: `${id}-baseline` });
  await planEducation(desk, 'enrolled', desk.now);
};

/** Where a day gate need not be asked: the dose was begun, the pair is gone, or the patient is not checked in. */
const beforeDayGate = (desk: Desk, cycle: Cycle): Follows | undefined => {
  if (cycle.startedAt !== null) return 'go-on';
  if (desk.journey.ending !== null) return 'end';
  if (cycle.dosingAppointmentId === null) return 'book-again';
  return cycle.check === null ? 'look-again' : undefined;
};

/** Asks the gate that a state machine stands before and says what follows. */
export const checkGate = (
  ports: DeskPorts,
  input: { run: Run; gate: GateKind; cycle?: number | undefined },
): Promise<GateStep> =>
  transact(ports, 'check-gate', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const { journey } = desk;
    if (input.gate === 'dosing-day' || input.gate === 'pre-dose') {
      const cycle = await desk.need(cycles, { journeyId: journey.id, number: input.cycle ?? 0 });
      const known = beforeDayGate(desk, cycle);
      return known === undefined ? dayGate(desk, input.gate, cycle) : step(desk, known);
    }
    if (journey.ending !== null) return step(desk, 'end');
    if (input.gate === 'booking') {
      const number = input.cycle ?? 0;
      const known = await desk.get(cycles, { journeyId: journey.id, number });
      if (known === undefined) desk.put(cycles, emptyCycle(journey.id, number));
      enterPhase(desk, 'series');
      await renewClearances(desk, number);
      if (known !== undefined && known.dosingAppointmentId !== null) return step(desk, 'go-on');
      return wayGate(desk, 'booking', `c${number}`, number);
    }
    if (input.gate === 'enrolment' && journey.phase !== 'plan') return step(desk, 'go-on');
    const passed = await wayGate(desk, input.gate, 'journey');
    if (passed.follows === 'go-on' && input.gate === 'enrolment') await enrol(desk);
    if (passed.follows === 'hold') await endByClinician(desk, 'not enrolled');
    return passed;
  });

/**
 * Whether a dose that begins now still fits the day: not later than the program allows, with people and room held until its end,
 * and its integration inside the window that is counted from the end it will have (moved there if need be).
 */
const fitsToday = async (desk: Desk, cycle: Cycle): Promise<boolean> => {
  const { dosing } = await sceneFor(desk, cycle.number);
  const { before, lateAtMost, duration, observation } = desk.program.dosing;
  if (dosing === undefined || desk.now > plus(plus(dosing.startsAt, before), lateAtMost)) return false;
  const end = plus(desk.now, duration);
  return (await holdUntil(desk, dosing, plus(end, observation))) && fitIntegration(desk, cycle, end);
};

/** From the first dose on, questionnaires come at their interval; of those with the same interval the first leads. */
const beginWeekly = async (desk: Desk): Promise<void> => {
  const measures = desk.program.measures.filter(({ at }) => at.includes('series'));
  for (const { id, every } of measures)
    if (every !== undefined && measures.find((each) => each.every === every)?.id === id)
      await startDetached(desk, {
        kind: 'answer-measure',
        about: `${id}-week-1`,
        opensAt: weeklyAt(desk.now, every, desk.journey.zone),
      });
};

/** Asks the last gate, and with it records the start of the dose and the integration that it owes, in one write. */
export const startDose = (ports: DeskPorts, input: { run: Run; cycle: number }): Promise<GateStep> =>
  transact(ports, 'start-dose', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const cycle = await desk.need(cycles, { journeyId: desk.journey.id, number: input.cycle });
    const known = beforeDayGate(desk, cycle);
    if (known !== undefined) return step(desk, known);
    if (!(await fitsToday(desk, cycle))) {
      await unbookPair(desk, await desk.need(cycles, cycle));
      return step(desk, 'book-again');
    }
    const gate = await dayGate(desk, 'pre-dose', cycle);
    if (gate.follows !== 'go-on') return gate;
    const { dosing } = await sceneFor(desk, cycle.number);
    if (dosing !== undefined) changeAppointment(desk, dosing, 'started', 'started');
    desk.note(desk.journey.id, {
      kind: 'dose',
      cycle: cycle.number,
      event: 'started',
      route: desk.program.dosing.route,
    });
    desk.put(cycles, owe(desk, { ...cycle, startedAt: desk.now }));
    if (cycle.number === 1) await beginWeekly(desk);
    return gate;
  });
