import { clearanceValidUntil } from '../../domain/follow-up/clearance-standing.ts';
import { clearanceInForce, settingOf } from '../../domain/gates/standing.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { UNCLEARED } from '../../domain/journey/deadlines.ts';
import { clinicianEnding, patientEnding } from '../../domain/journey/endings.ts';
import type { Clearance } from '../../domain/journey/journey.ts';
import { isPending } from '../../domain/journey/task.ts';
import { APPOINTMENT_KINDS, type Route } from '../../domain/names.ts';
import { offerOf } from '../../domain/partners/offer.ts';
import { routesOf } from '../../domain/program/routes.ts';
import { readInstant } from '../../domain/time/instants.ts';
import { cycles, handoffs, journeyPartition, tasks } from '../journey-rows.ts';
import { changeAppointment, standingAppointment } from './appointment-acts.ts';
import { bookEncounter } from './booking.ts';
import { askClearance } from './clearances.ts';
import { integrationNotBefore } from './debts.ts';
import { type Desk, enterPhase, liftHold, noteBilling, setEnding } from './desk.ts';
import { startDetached } from './detached.ts';
import { planEducation } from './education.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { askGate } from './gate-acts.ts';
import { callInstead } from './ledger.ts';
import { MAIN } from './main-line.ts';
import { assignTherapist } from './partners.ts';
import { signPlan } from './plan-change.ts';
import { sceneFor } from './scene.ts';
import { postSignal } from './signals.ts';
import { swapTherapist } from './therapist-commands.ts';

/** All cycles of the journey, for the rules that ask whether a dose was begun. */
export const cyclesOf = (desk: Desk): Promise<Cycle[]> =>
  desk.list(cycles, journeyPartition(desk.journey.id), 'cycle#');

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A patient's no to a step ends the journey. */
export const refusedByPatient: Effect = async (desk, task) =>
  setEnding(desk, patientEnding(await cyclesOf(desk), `${task.kind} refused`, desk.now));

const declined: Effect = async (desk, task, { reason }) =>
  setEnding(desk, clinicianEnding(await cyclesOf(desk), reason ?? `${task.kind} declined`, desk.now));

/** Asks the clearance gate as soon as every clearance was given, and with it lets the journey on to the plan. */
const passClearance = async (desk: Desk): Promise<void> => {
  const given = desk.program.clearances.every(({ kind }) => desk.journey.clearances.some((each) => each.kind === kind));
  if (desk.journey.phase !== 'clearance' || !given) return;
  const gate = await askGate(desk, 'clearance', await sceneFor(desk));
  if (gate.result === 'pass') enterPhase(desk, 'plan');
};

/** Consents are signed as the patient gave them; one that the program needs and that is missing is a refusal. */
const consented: Effect = async (desk) => {
  const missing = desk.program.consents.filter((consent) => desk.journey.consents[consent] !== true);
  if (missing.length === 0) desk.keep({ consentsSignedAt: desk.now });
  else setEnding(desk, patientEnding(await cyclesOf(desk), `no consent to ${missing.join(', ')}`, desk.now));
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
  const reviews = await desk.list(tasks, journeyPartition(desk.journey.id), 'task#screening-review-');
  if (reviews.some(isPending) || !clearanceInForce(desk.journey, 'medical', desk.program, desk.now)) return;
  liftHold(desk, UNCLEARED, by);
  await postSignal(desk, { cause: 'cleared-anew', gates: true });
};

/** A finding that came up later may pass: the patient is to be cleared anew, by whoever is asked already if somebody is. */
const findingPassed: Effect = async (desk, _task, { by }) => {
  if (desk.journey.phase === 'screening') return;
  const asked = await desk.list(tasks, journeyPartition(desk.journey.id), 'task#medical-clearance-');
  const cleared = clearanceInForce(desk.journey, 'medical', desk.program, desk.now);
  if (!cleared && !asked.some(isPending)) await askClearance(desk, 'medical');
  await liftUncleared(desk, by.id);
};

const bookAsked: Effect = async (desk, task, { data }) => {
  const kind = APPOINTMENT_KINDS.find((each) => each === (task.ask.about ?? 'consult')) ?? 'consult';
  const number = task.ask.cycle;
  const cycle = number === undefined ? undefined : await desk.need(cycles, { journeyId: task.journeyId, number });
  const opens = kind === 'integration' && cycle !== undefined ? await integrationNotBefore(desk, cycle) : undefined;
  const asked = text(data.startsAt);
  const booked = await bookEncounter(desk, kind, {
    startsAt: asked === undefined ? undefined : readInstant(asked),
    ...(number !== undefined && { cycle: number }),
    ...(opens !== undefined && { notBefore: opens }),
  });
  if ('refused' in booked) throw new AnswerRefused(booked.refused);
  if (cycle !== undefined && kind === 'integration')
    desk.put(cycles, { ...cycle, integrationAppointmentId: booked.booked.id });
};

const attended = async (desk: Desk, kind: 'consult' | 'preparation'): Promise<void> => {
  const appointment = await standingAppointment(desk, kind);
  if (appointment !== undefined) changeAppointment(desk, appointment, 'attended', 'attended');
};

const fit: Effect = async (desk) => {
  await attended(desk, 'consult');
  noteBilling(desk, 'consult');
  const gate = await askGate(desk, 'commitment', await sceneFor(desk));
  if (gate.result !== 'pass') {
    const missing = gate.checks.filter(({ result }) => result !== 'pass').map(({ id }) => id);
    setEnding(desk, { kind: 'not-a-fit', reason: missing.join(', '), at: desk.now });
    return;
  }
  enterPhase(desk, 'screening');
};

const notFit: Effect = async (desk, _task, { reason }) => {
  await attended(desk, 'consult');
  noteBilling(desk, 'consult');
  setEnding(desk, { kind: 'not-a-fit', reason: reason ?? 'not a fit', at: desk.now });
};

const prepared: Effect = async (desk) => {
  await attended(desk, 'preparation');
  noteBilling(desk, 'preparation');
  const preparations = desk.journey.preparations + 1;
  const enough = preparations >= desk.program.preparation.sessions;
  desk.keep({ preparations, ...(enough && { preparedAt: desk.now }) });
  if (enough) await planEducation(desk, 'preparation.ended', desk.now);
};

const prepareAgain: Effect = async (desk) => {
  await attended(desk, 'preparation');
  noteBilling(desk, 'preparation');
  desk.keep({ preparations: desk.journey.preparations + 1 });
};

const offerAnswered =
  (state: 'accepted' | 'declined'): Effect =>
  async (desk, task, { data }) => {
    const { partner, isContinuation } = offerOf(task.ask.about);
    if (isContinuation) {
      desk.note(desk.journey.id, { kind: 'handoff', partner, event: state === 'accepted' ? 'continued' : state });
      // The patient counts on it: somebody tells them, and helps to find another way.
      if (state === 'declined') await callInstead(desk, `continuation-${partner}`);
      return;
    }
    const handoff = await desk.need(handoffs, desk.journey.id);
    desk.put(handoffs, {
      ...handoff,
      offers: handoff.offers.map((offer) =>
        offer.partner === partner && offer.state === 'offered' ? { ...offer, state } : offer,
      ),
    });
    desk.note(desk.journey.id, { kind: 'handoff', partner, event: state });
    if (state === 'accepted') await assignTherapist(desk, partner, text(data.therapist));
    // An offer outside the first handoff has no machine behind it that would go on to the next.
    else if (task.line !== MAIN) await startDetached(desk, { kind: 'place-patient', about: `after-${partner}` });
  };

/** The coordinator found a therapist: the patient's first, or one in place of whoever they had. */
const placed: Effect = async (desk, task, { data, by }) => {
  const to = desk.clinic.practitioners.find(({ id, roles }) => id === data.therapist && roles.includes('therapist'));
  if (to === undefined) throw new AnswerRefused(`${task.id} needs data.therapist, one of the therapists`);
  if (desk.journey.therapist === null) desk.keep({ therapist: to.id, partner: to.partner ?? null });
  else if (to.id !== desk.journey.therapist) await swapTherapist(desk, to, by.id);
};

/** What the answers of the first consult, the screening, the clearances, the plan and the preparation bring about. */
export const intakeEffects: Effects = {
  'book-appointment': { booked: bookAsked },
  'fit-decision': { fit, 'not-fit': notFit },
  'screening-review': { proceed: findingPassed, decline: declined },
  'medical-clearance': { cleared: clear('medical'), declined },
  'psychological-clearance': { cleared: clear('psychological'), declined },
  'plan-sign-off': { signed: (desk, task) => signPlan(desk, task.role) },
  'sign-consents': { signed: consented, refused: refusedByPatient },
  'acknowledge-cost': {
    acknowledged: async (desk) => desk.keep({ costAcknowledgedAt: desk.now }),
    refused: refusedByPatient,
  },
  'record-preparation': { ready: prepared, another: prepareAgain, 'not-ready': prepareAgain },
  'partner-offer': { accepted: offerAnswered('accepted'), declined: offerAnswered('declined') },
  'place-patient': {
    placed,
    none: async (desk) =>
      setEnding(desk, { kind: 'transferred', reason: 'no therapist could take the patient', at: desk.now }),
  },
};
