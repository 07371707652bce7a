import type { Follows, Run } from '../../contracts/run.ts';
import { afterPressure } from '../../domain/dosing/pressure-rechecks.ts';
import { pressureLimit } from '../../domain/gates/blood-pressure.ts';
import type { Scene } from '../../domain/gates/scene.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { isHalted } from '../../domain/journey/journey.ts';
import type { Task } from '../../domain/journey/task.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { plus, secondsUntil } from '../../domain/time/instants.ts';
import { cycles } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { changeAppointment } from './appointment-acts.ts';
import { owe } from './debts.ts';
import { countUp, type Desk, type DeskPorts, deskAtHead, setEnding } from './desk.ts';
import { endByClinician } from './ending.ts';
import { askGate } from './gate-acts.ts';
import { failing, type GateStep, refusalsIn, reviewsAsked, reviewsOf, step } from './gate-step.ts';
import { heedCheckIn, screenCheckIn } from './heed-check-in.ts';
import { fitsToday, pressuresOf, tellPickUp } from './late-start.ts';
import { unbookPair } from './pair.ts';
import { reopen } from './plan-task.ts';
import { openCrisisOfAnswers } from './safety.ts';
import { sceneFor } from './scene.ts';
import { newestTask } from './waits.ts';
import { beginWeekly } from './weekly-measures.ts';

/** How long the patient settles between the check-in and the last gate. */
const settle = ({ now, program }: Desk): number => secondsUntil(now, plus(now, program.dosing.settle));

/** Why there is no dose today; a hold that stood before the day is nobody's no. */
type WhyNot = { readonly kind: 'unfit' | 'late'; readonly reason: string; readonly isHeld: boolean };

/**
 * Takes today's pair back without a debt, to be booked again; the fourth such day of one dose counts as any fourth repetition
 * does: as the clinicians' no where the patient was not fit, as care that somebody else has to give where the clinic was too late.
 */
const callOff = async (desk: Desk, cycle: Cycle, { kind, reason, isHeld }: WhyNot): Promise<GateStep> => {
  const check = await newestTask(desk, desk.journey.id, `dosing-day-check-${cycle.dosingAppointmentId}`);
  await unbookPair(desk, cycle);
  if (cycle.check !== null && check?.by != null)
    await heedCheckIn(desk, cycle.check, { cycle: cycle.number, task: check.id, by: check.by });
  if (isHeld || (await countUp(desk, desk.journey.id, `called-off:${kind}:c${cycle.number}`)) <= REOPENINGS)
    return step(desk, 'book-again');
  const why = `${reason} on the fourth day`;
  if (kind === 'unfit') await endByClinician(desk, why);
  else setEnding(desk, { kind: 'transferred', reason: why, at: desk.now });
  return step(desk, 'end');
};

/** The day went by before the dose could begin. */
export const tooLate = (desk: Desk, cycle: Cycle): Promise<GateStep> =>
  callOff(desk, cycle, { kind: 'late', reason: 'too late for the day', isHeld: desk.journey.holds.length > 0 });

/** When a pressure that is too high is read once more (DD-09): whoever may override is asked only when rest did not help. */
const restUntil = async (
  desk: Desk,
  asked: Awaited<ReturnType<typeof askGate>>,
  scene: Scene,
): Promise<{ readonly check: Task; readonly until: string } | undefined> => {
  if (asked.follows !== 'review' || !failing(asked).includes('DD-09')) return undefined;
  const [first, ...more] = await pressuresOf(desk, scene.cycle?.dosingAppointmentId ?? null);
  if (first === undefined) return undefined;
  const after = afterPressure([first, ...more], pressureLimit(scene), desk.clinic.policy.bloodPressure);
  return after.next === 'recheck' ? { check: (more.at(-1) ?? first).check, until: after.at } : undefined;
};

/** A gate of the dosing day: it lets on, asks who may override, asks the nurse again, or takes today's pair back. */
export const dayGate = async (desk: Desk, gate: 'dosing-day' | 'pre-dose', cycle: Cycle): Promise<GateStep> => {
  const isHeld = desk.journey.holds.length > 0;
  const scene = await sceneFor(desk, cycle.number);
  const asked = await askGate(desk, gate, scene);
  if (asked.crisis) await openCrisisOfAnswers(desk, 'dosing-day', null);
  if (asked.result === 'pass') return step(desk, 'go-on', [], settle(desk));
  const rest = await restUntil(desk, asked, scene);
  if (rest !== undefined) {
    await reopen(desk, { ...rest.check, ask: { ...rest.check.ask, opensAt: rest.until } });
    return step(desk, 'look-again');
  }
  const prefix = `${gate}:c${cycle.number}:${cycle.dosingAppointmentId}`;
  if (asked.follows === 'review') {
    const reviews = await reviewsAsked(desk, `${prefix}:`);
    // Whoever may let today's checks pass was asked, and the day is over without an answer.
    if (reviews.some(({ state }) => state === 'expired')) return tooLate(desk, cycle);
    if (refusalsIn(reviews).length === 0) return step(desk, 'review', reviewsOf(asked, prefix));
  }
  const check = await newestTask(desk, desk.journey.id, `dosing-day-check-${cycle.dosingAppointmentId}`);
  if (asked.follows === 'hold' && check?.state === 'decided' && check.repetition <= REOPENINGS) {
    await reopen(desk, check);
    return step(desk, 'look-again');
  }
  return callOff(desk, cycle, { kind: 'unfit', reason: failing(asked).join(', '), isHeld });
};

/** Where a day gate need not be asked: the dose was begun, the pair is gone, or the patient is not checked in. */
export const beforeDayGate = (desk: Desk, cycle: Cycle): Follows | undefined => {
  if (cycle.startedAt !== null) return 'go-on';
  if (isHalted(desk.journey)) return 'end';
  if (cycle.dosingAppointmentId === null) return 'book-again';
  return cycle.check === null ? 'look-again' : undefined;
};

/** Nobody ordered the dose of a day, or checked the patient in, and that day is over. */
export const isDayOver = async (desk: Desk, dosingAppointmentId: string | null): Promise<boolean> => {
  for (const kind of ['dosing-day-check', 'dose-order'])
    if ((await newestTask(desk, desk.journey.id, `${kind}-${dosingAppointmentId}`))?.state === 'expired') return true;
  return false;
};

/** Asks the last gate, and with it records the start of the dose and the integration that it owes, in one write. */
export const startDose = (ports: DeskPorts, input: { run: Run; cycle: number }): Promise<GateStep> =>
  transact(ports, 'start-dose', async (transaction) => {
    const desk = await deskAtHead(ports, transaction, input.run);
    const cycle = await desk.need(cycles, { journeyId: desk.journey.id, number: input.cycle });
    const known = beforeDayGate(desk, cycle);
    if (known !== undefined) return step(desk, known);
    const { dosing: booked } = await sceneFor(desk, cycle.number);
    if (booked === undefined || !(await fitsToday(desk, cycle, booked)))
      return tooLate(desk, await desk.need(cycles, cycle));
    const gate = await dayGate(desk, 'pre-dose', cycle);
    if (gate.follows !== 'go-on') return gate;
    const { dosing, cycles: doses } = await sceneFor(desk, cycle.number);
    if (dosing !== undefined) changeAppointment(desk, dosing, 'started', 'started');
    if (dosing !== undefined && dosing.endsAt > booked.endsAt) await tellPickUp(desk, dosing);
    desk.note(desk.journey.id, {
      kind: 'dose',
      cycle: cycle.number,
      event: 'started',
      route: desk.program.dosing.route,
    });
    desk.put(cycles, owe(desk, { ...cycle, startedAt: desk.now }, doses));
    if (cycle.number === 1) await beginWeekly(desk);
    if (cycle.check !== null) await screenCheckIn(desk, cycle.check, 'system');
    return gate;
  });
