import { consentsNeeded } from '../../domain/gates/standing.ts';
import { isStanding } from '../../domain/journey/appointment.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { APPOINTMENT_KINDS } from '../../domain/names.ts';
import { readInstant } from '../../domain/time/instants.ts';
import { appointments, cycles } from '../journey-rows.ts';
import { changeAppointment, standingAppointment } from './appointment-acts.ts';
import { bookEncounter } from './booking.ts';
import { integrationNotBefore } from './debts.ts';
import { type Desk, enterPhase, noteBilling, setEnding } from './desk.ts';
import { planEducation } from './education.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { endByPatient } from './ending.ts';
import { askGate } from './gate-acts.ts';
import { text } from './pair.ts';
import { signPlan } from './plan-change.ts';
import { sceneFor } from './scene.ts';

/** A patient's no to a step ends the journey. */
const refused: Effect = (desk, task) => endByPatient(desk, `${task.kind} refused`);

/** Consents are signed as the patient gave them; one that is needed and missing is a refusal. */
const consented: Effect = async (desk) => {
  const missing = consentsNeeded(desk).filter((consent) => desk.journey.consents[consent] !== true);
  if (missing.length === 0) desk.keep({ consentsSignedAt: desk.now });
  else await endByPatient(desk, `no consent to ${missing.join(', ')}`);
};

const isBooked = async (desk: Desk, { integrationAppointmentId: id }: Cycle): Promise<boolean> => {
  const booked = id === null ? undefined : await desk.get(appointments, { journeyId: desk.journey.id, id });
  return booked !== undefined && isStanding(booked);
};

const bookAsked: Effect = async (desk, task, { data }) => {
  const kind = APPOINTMENT_KINDS.find((each) => each === (task.ask.about ?? 'consult')) ?? 'consult';
  const number = task.ask.cycle;
  const cycle = number === undefined ? undefined : await desk.need(cycles, { journeyId: task.journeyId, number });
  // Somebody was quicker, by another way.
  if (kind === 'integration' && cycle !== undefined && (await isBooked(desk, cycle))) return;
  const opens = kind === 'integration' && cycle !== undefined ? await integrationNotBefore(desk, cycle) : undefined;
  const asked = data.startsAt === undefined ? undefined : (readInstant(text(data.startsAt) ?? '') ?? null);
  if (asked === null) throw new AnswerRefused(`data.startsAt of ${task.id} is no instant with an offset`);
  const booked = await bookEncounter(desk, kind, {
    startsAt: asked,
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

/** What the answers of the first consult, the plan and the preparation bring about. */
export const intakeEffects: Effects = {
  'book-appointment': { booked: bookAsked },
  'fit-decision': { fit, 'not-fit': notFit },
  'plan-sign-off': { signed: (desk, task) => signPlan(desk, task.role) },
  'sign-consents': { signed: consented, refused: refused },
  'acknowledge-cost': {
    acknowledged: async (desk) => desk.keep({ costAcknowledgedAt: desk.now }),
    refused: refused,
  },
  'record-preparation': { ready: prepared, another: prepareAgain, 'not-ready': prepareAgain },
};
