import { type Departure, dutiesAfterDose, remsFormDueOn } from '../../domain/dosing/leaving.ts';
import { orderAlerts, parseOrder } from '../../domain/dosing/order.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { Task } from '../../domain/journey/task.ts';
import { IN_SESSION } from '../../domain/ledger/before-sending.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { atLocal, plusDays } from '../../domain/time/local.ts';
import { cycles } from '../journey-rows.ts';
import { changeAppointment, followAppointment } from './appointment-acts.ts';
import { bookPair } from './booking.ts';
import { planCheckIns } from './check-ins.ts';
import { watchWindow, windowFrom } from './debts.ts';
import { type Desk, noteBilling } from './desk.ts';
import { startDetached } from './detached.ts';
import { planEducation } from './education.ts';
import { AnswerRefused, type Effect, type Effects, type Given, refusing } from './effect.ts';
import { askGate } from './gate-acts.ts';
import { heedAtOnce, heedCheckIn } from './heed-check-in.ts';
import { appointmentNamed, cycleOf, fitIntegration, giveIntegrationBack, instant, part, unbookPair } from './pair.ts';
import { checkRemoteOrder } from './remote-order.ts';
import { openCrisisOfAnswers, openSafetyEvent } from './safety.ts';
import { sayAgain } from './say-again.ts';
import { sceneFor } from './scene.ts';
import { heedContact } from './screening-effects.ts';
import { heedReadings, readingsIn } from './session-record.ts';
import { pendingTasks, supersedeWhere } from './signals.ts';
import { heedSigns, signsIn, toldIn } from './signs.ts';

const bookAsked: Effect = async (desk, task, { data }) => {
  const held = desk.journey.holds.map(({ reason }) => reason);
  if (held.length > 0) throw new AnswerRefused(`the journey is held: ${held.join(', ')}`);
  const cycle = await cycleOf(desk, task);
  const booked = await bookPair(desk, cycle, {
    dosingStartsAt: instant(part(data, 'dosing')),
    integrationStartsAt: instant(part(data, 'integration')),
  });
  if ('refused' in booked) throw new AnswerRefused(booked.refused);
};

/** An order is compared with the program and never computed; one outside it stands only with a reason (reference 0.3 rule 7). */
const ordered: Effect = async (desk, task, given) => {
  const { data, reason } = given;
  const cycle = await cycleOf(desk, task);
  await checkRemoteOrder(desk, cycle, given);
  const { order } = data;
  const alerts =
    order === undefined
      ? []
      : orderAlerts(
          refusing(() => parseOrder(order, 'data.order')),
          desk.program,
        );
  if (alerts.length > 0 && (reason ?? '').trim() === '')
    throw new AnswerRefused(`the order is not as the program has it: ${alerts.join(', ')}; another order, or a reason`);
  desk.put(cycles, { ...cycle, orderedAt: desk.now });
};

const checkedIn: Effect = async (desk, task, { data }) => {
  const cycle = await cycleOf(desk, task);
  desk.put(cycles, { ...cycle, check: { ...data }, checkedInAt: desk.now });
  const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
  if (dosing !== undefined && dosing.state !== 'checked-in')
    changeAppointment(desk, dosing, 'checked-in', 'checked-in');
};

const held: Effect = async (desk, task, given) => heedAtOnce(desk, await cycleOf(desk, task), given);

const cancelToday: Effect = async (desk, task, given) => {
  const cycle = await cycleOf(desk, task);
  await unbookPair(desk, cycle);
  await heedAtOnce(desk, cycle, given);
  await heedCheckIn(desk, given.data, toldIn(task, given));
};

/** The dose of a cycle went on between these, neither backwards nor in the future. */
const timesOf = (desk: Desk, { startedAt: begun }: Cycle, data: Given['data']) => {
  const endedAt = instant(data.endedAt) ?? desk.now;
  const startedAt = instant(data.startedAt) ?? begun ?? desk.now;
  if (endedAt > desk.now)
    throw new AnswerRefused(`endedAt is ${endedAt}, in the future; allowed: ${desk.now} or earlier`);
  if (startedAt > endedAt)
    throw new AnswerRefused(`startedAt is ${startedAt}, after the end; allowed: ${endedAt} or earlier`);
  return { startedAt, endedAt };
};

const recorded =
  (result: 'given' | 'partial' | 'aborted'): Effect =>
  async (desk, task, given) => {
    const { data } = given;
    const readings = readingsIn(given);
    const cycle = await cycleOf(desk, task);
    const { startedAt, endedAt } = timesOf(desk, cycle, data);
    const window = windowFrom(desk, endedAt);
    const ended: Cycle = { ...cycle, startedAt, endedAt, result, debt: cycle.debt && { ...cycle.debt, window } };
    desk.put(cycles, ended);
    const { route } = desk.program.dosing;
    desk.note(task.journeyId, {
      kind: 'dose',
      cycle: cycle.number,
      event: result === 'aborted' ? 'aborted' : 'ended',
      route,
    });
    noteBilling(desk, 'medication');
    noteBilling(desk, 'dosing');
    const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
    if (dosing !== undefined) changeAppointment(desk, dosing, 'ended', 'ended');
    if (!(await fitIntegration(desk, ended, endedAt))) await giveIntegrationBack(desk, ended);
    const integration = await appointmentNamed(desk, (await cycleOf(desk, task)).integrationAppointmentId);
    // The reminders of the hours after the dose count from its recorded end, which is known only now.
    if (integration !== undefined) followAppointment(desk, integration, 'window-fixed');
    await watchWindow(desk, ended);
    await heedReadings(desk, ended, readings, { from: startedAt, until: endedAt }, toldIn(task, given));
    await planCheckIns(desk, ended, endedAt);
    if (cycle.number === 1) await planEducation(desk, 'dose.ended', endedAt);
    if (desk.program.dosing.drug === 'esketamine') await askForRemsForm(desk, ended, startedAt);
  };

/** The form of a session with esketamine, due in calendar days where the patient was treated (S6). */
const askForRemsForm = (desk: Desk, { number }: Cycle, startedAt: string): Promise<void> => {
  const { zone } = desk.clinic;
  const on = remsFormDueOn(desk.library.care().dosingDay, startedAt, zone);
  return startDetached(desk, { kind: 'rems-form', cycle: number, dueAt: atLocal(plusDays(on, 1), '00:00', zone) });
};

const discharged =
  (againstAdvice: boolean): Effect =>
  async (desk, task, given) => {
    const { data } = given;
    const [readings, signs] = [readingsIn(given), signsIn(given)];
    const cycle = await cycleOf(desk, task);
    const gate = await askGate(desk, 'discharge', await sceneFor(desk, cycle.number, { ...data }));
    if (gate.crisis) await openCrisisOfAnswers(desk, 'discharge', given.by.id);
    if (gate.result !== 'pass' && !againstAdvice) {
      // What calls for help is written down, so the answer stands and the patient stays.
      if (gate.crisis && task.repetition <= REOPENINGS) return 'reopen';
      const open = gate.checks.filter(({ result }) => result === 'hold' || result === 'block').map(({ id }) => id);
      throw new AnswerRefused(`not fit for discharge: ${open.join(', ')}`);
    }
    const left = { ...cycle, dischargedAt: desk.now, againstAdvice };
    desk.put(cycles, left);
    const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
    if (dosing !== undefined) changeAppointment(desk, dosing, 'attended', 'attended');
    await sayAgain(desk, ({ state, reason }) => state === 'skipped' && reason === IN_SESSION, { soon: true });
    const told = toldIn(task, given);
    await heedReadings(desk, left, readings, { from: cycle.endedAt ?? desk.now, until: desk.now }, told);
    await heedSigns(desk, signs, told);
    const departure = {
      at: desk.now,
      asPlanned: !againstAdvice,
      escorted: data.escortPresent !== false,
      drove: data.notDriving === false,
    };
    await heedDeparture(desk, left, departure);
    return undefined;
  };

/** Who leaves before the list is complete, alone or at the wheel is called within the clinic's time, and those in charge are told. */
const heedDeparture = async (desk: Desk, cycle: Cycle, departure: Departure): Promise<void> => {
  const { clinic, program, library } = desk;
  const callWithin = clinic.policy.safety.leftAgainstAdviceCallWithin;
  const { number } = cycle;
  const standards = library.care().dosingDay;
  for (const each of dutiesAfterDose(cycle, departure, program, standards, { zone: clinic.zone, callWithin }))
    if (each.duty === 'call-patient')
      await startDetached(desk, { kind: 'call-patient', about: `left-c${number}`, dueAt: each.by });
    else if (each.duty === 'tell-prescriber')
      await startDetached(desk, { kind: 'response-review', cycle: number, about: `left-c${number}` });
    else if (each.duty === 'report-to-medical-director')
      await startDetached(desk, { kind: 'regulatory-report', about: `medical-director-left-c${number}` });
};

/** What a patient says of the day after: signs are heeded, whatever the answer is called. */
const checkedInNextDay =
  (concern: boolean): Effect =>
  async (desk, task, given) => {
    await heedSigns(desk, signsIn(given), toldIn(task, given));
    await heedContact(desk, task, given);
    if (concern) await needsHelp(desk, task, given);
  };

/** Readings that were found after all are looked at like all others. */
const readingsCompleted: Effect = async (desk, task, given) => {
  const cycle = await cycleOf(desk, task);
  // Nothing is missing before the start, so what is still missing is not asked for a second time.
  const part = { from: cycle.startedAt ?? desk.now, until: cycle.startedAt ?? desk.now };
  await heedReadings(desk, cycle, readingsIn(given), part, toldIn(task, given));
};

/** Who has answered need not be called about it any more. */
const heard =
  (message: 'home-safe' | 'check-in', effect?: Effect): Effect =>
  async (desk, task, given) => {
    await effect?.(desk, task, given);
    const isAbout = ({ kind, ask }: Task): boolean =>
      kind === 'call-patient' && ask.about?.startsWith(`${message}-patient-`) === true;
    if ((await pendingTasks(desk, 'call-patient')).some(isAbout)) await supersedeWhere(desk, 'answered', isAbout);
  };

const needsHelp: Effect = async (desk, task, { by }) => {
  await openSafetyEvent(desk, { type: 'adverse-event', severity: null, source: task.kind, by: by.id });
};

/** What the answers around one dose bring about, from its booking to the evening after. */
export const doseEffects: Effects = {
  'book-pair': { booked: bookAsked },
  'dose-order': { ordered },
  'dosing-day-check': { proceed: checkedIn, hold: held, 'cancel-today': cancelToday },
  'record-dose': { given: recorded('given'), partial: recorded('partial'), aborted: recorded('aborted') },
  discharge: { discharged: discharged(false), 'left-against-advice': discharged(true) },
  'home-safe': { home: heard('home-safe'), 'need-help': heard('home-safe', needsHelp) },
  'next-day-check-in': {
    well: heard('check-in', checkedInNextDay(false)),
    concern: heard('check-in', checkedInNextDay(true)),
  },
  'complete-readings': { completed: readingsCompleted },
};
