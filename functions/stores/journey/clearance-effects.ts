import { clearanceValidUntil } from '../../domain/follow-up/clearance-standing.ts';
import { clearanceInForce, settingOf } from '../../domain/gates/standing.ts';
import { UNCLEARED } from '../../domain/journey/deadlines.ts';
import type { Clearance } from '../../domain/journey/journey.ts';
import type { Route } from '../../domain/names.ts';
import { routesOf } from '../../domain/program/routes.ts';
import { askClearance, isUnderReview } from './clearances.ts';
import { type Desk, enterPhase, liftHold, noteBilling } from './desk.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { endByClinician } from './ending.ts';
import { countClearance } from './facts.ts';
import { askGate } from './gate-acts.ts';
import { sceneFor } from './scene.ts';
import { pendingTasks, postSignal } from './signals.ts';

const declined: Effect = (desk, task, { reason }) => endByClinician(desk, reason ?? `${task.kind} declined`);
const notCleared: Effect = (desk, task, given) => {
  countClearance(desk, 'declined');
  return declined(desk, task, given);
};

/** Asks the clearance gate as soon as every clearance was given, and with it lets the journey on to the plan. */
const passClearance = async (desk: Desk): Promise<void> => {
  const given = desk.program.clearances.every(({ kind }) => desk.journey.clearances.some((each) => each.kind === kind));
  if (desk.journey.phase !== 'clearance' || !given) return;
  const gate = await askGate(desk, 'clearance', await sceneFor(desk));
  if (gate.result !== 'pass') return;
  countClearance(desk, 'cleared');
  enterPhase(desk, 'plan');
};

/** The route that the prescriber clears the patient for: one that they name, else the program's first; another one is refused. */
const chosenRoute = (desk: Desk, { route }: Readonly<Record<string, unknown>>): Route => {
  const routes = routesOf(desk.library.program(desk.journey.program));
  const chosen = route === undefined ? desk.program.dosing.route : routes.find((each) => each === route);
  if (chosen === undefined)
    throw new AnswerRefused(`unknown route ${JSON.stringify(route)}; one of ${routes.join(', ')}`);
  desk.keep({ route: chosen });
  return chosen;
};

const clear =
  (kind: Clearance['kind']): Effect =>
  async (desk, _task, { by, data }) => {
    const asked = desk.program.clearances.find((each) => each.kind === kind);
    if (asked === undefined) return;
    const route = kind === 'medical' ? chosenRoute(desk, data) : desk.program.dosing.route;
    const clearance: Clearance = {
      kind,
      by: by.id,
      at: desk.now,
      validUntil: clearanceValidUntil(desk.now, asked.validFor, desk.library.care().followUp, desk.clinic.zone),
      route,
      setting: settingOf(desk.journey, desk.program),
      voidedAt: null,
    };
    const renewed = desk.journey.clearances.some((each) => each.kind === kind);
    desk.keep({ clearances: [...desk.journey.clearances.filter((each) => each.kind !== kind), clearance] });
    desk.follow({ kind: 'keep-deadline', journeyId: desk.journey.id, deadline: 'clearance-renewal' });
    noteBilling(desk, 'clearance');
    await liftUncleared(desk, by.id);
    await passClearance(desk);
    if (renewed) await postSignal(desk, { cause: 'clearance-renewed', gates: true });
  };

/** Lifts the hold of a finding once its review let it pass and the patient was cleared after it. */
const liftUncleared = async (desk: Desk, by: string): Promise<void> => {
  if (!desk.journey.holds.some(({ reason }) => reason === UNCLEARED)) return;
  if ((await isUnderReview(desk)) || !clearanceInForce(desk.journey, 'medical', desk.program, desk.now)) return;
  liftHold(desk, UNCLEARED, by);
  await postSignal(desk, { cause: 'cleared-anew', gates: true });
};

/** A finding that came up later may pass: the patient is to be cleared anew, by whoever is asked already if somebody is. */
const findingPassed: Effect = async (desk, _task, { by }) => {
  if (desk.journey.phase === 'screening') return;
  const asked = await pendingTasks(desk, 'medical-clearance');
  const cleared = clearanceInForce(desk.journey, 'medical', desk.program, desk.now);
  if (!cleared && asked.length === 0) await askClearance(desk, 'medical');
  await liftUncleared(desk, by.id);
};

/** What the answers of a review and of the clearances bring about. */
export const clearanceEffects: Effects = {
  'screening-review': { proceed: findingPassed, decline: declined },
  'medical-clearance': { cleared: clear('medical'), declined: notCleared },
  'psychological-clearance': { cleared: clear('psychological'), declined: notCleared },
};
