import { readTelephone } from '../../domain/contact/address.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Contact } from '../../domain/journey/journey.ts';
import { NO_CHAPERONE } from '../../domain/journey/journey.ts';
import type { Message } from '../../domain/journey/message.ts';
import { isPending, type Task } from '../../domain/journey/task.ts';
import { remindersOf } from '../../domain/reminders/of-appointment.ts';
import type { Instant } from '../../domain/time/instants.ts';
import { appointments, contacts, journeyPartition, messages, tasks } from '../journey-rows.ts';
import { standingAppointment } from './appointment-acts.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import { type Desk, liftHold, placeHold } from './desk.ts';
import { callInstead, cancelMessage, planMessage } from './ledger.ts';
import { enterNumbers } from './numbers.ts';
import { afterSession } from './quiet-session.ts';
import { supersedeWhere } from './signals.ts';
import { CHAPERONE_CHANGED, wasForAnother } from './taken-back.ts';

type Chaperone = NonNullable<Contact['chaperone']>;

const readChaperone = (data: Record<string, unknown>): Chaperone | undefined => {
  if (data.mobile === undefined) return undefined;
  const mobile = typeof data.mobile === 'string' ? readTelephone(data.mobile) : undefined;
  if (mobile === undefined) throw new CommandRefused('mobile is not a telephone number with its country');
  return { name: typeof data.name === 'string' ? data.name : 'your chaperone', mobile };
};

/** The dose for which the chaperone was to come: one that is booked, or that is going on and the patient is to be taken home from. */
const awaitedDose = async (desk: Desk): Promise<Appointment | undefined> => {
  const dosing = await standingAppointment(desk, 'dosing');
  return dosing !== undefined && dosing.endsAt > desk.now ? dosing : undefined;
};

/** Whether a reminder of a dose's pick-up can still be sent to whoever is named now, before it is of no use. */
const isReminded = (desk: Desk, appointment: Appointment): boolean =>
  remindersOf({ ...desk, appointment, cycle: undefined, justSaid: [] }).some(
    ({ rule }) => rule.audience === 'chaperone',
  );

/** Takes back what the chaperone was to be told of a dose; gives its time as they know it, where they know of it. */
const release = async (desk: Desk, dosing: Appointment): Promise<Instant | undefined> => {
  let known: Message | undefined;
  for (const id of dosing.messages) {
    const message = await desk.get(messages, { journeyId: desk.journey.id, id });
    if (message?.to !== 'chaperone') continue;
    const { sentAt } = message;
    if (sentAt !== null && !wasForAnother(desk.journey, message) && sentAt > (known?.sentAt ?? '')) known = message;
    cancelMessage(desk, message, CHAPERONE_CHANGED);
  }
  return known && (known.startsAtTold ?? dosing.startsAt);
};

/** What somebody was to be told of an earlier change, and was not yet, is no longer so. */
const forgetUnsaid = async (desk: Desk, person: 'patient' | 'chaperone'): Promise<void> => {
  const all = await desk.list(messages, journeyPartition(desk.journey.id), `message#chaperone-changed-${person}-`);
  for (const message of all) cancelMessage(desk, message, CHAPERONE_CHANGED);
};

/** A call to whoever was replaced, that they need not come. */
const isCallToReleased = ({ kind, ask }: Task): boolean =>
  kind === 'call-patient' && (ask.about ?? '').startsWith('chaperone-changed-chaperone-');

/** Whether a dose may be booked without anybody is no question any more once somebody is named. */
const isAboutChaperone = ({ kind, ask }: Task): boolean =>
  kind === 'gate-review' && (ask.checks ?? []).includes('chaperone-confirmed');

/** Nobody takes a patient home who is there already: whoever is named is with them. */
const suffixOf = ({ journey }: Desk): '-at-home' | '' => (journey.modality === 'remote' ? '-at-home' : '');

/**
 * Asks the patient who will take them home, where the next dose waits for it: in writing unless that was said already, and by a
 * call each time that it is looked at anew, `time` counted from 1.
 */
export const askForChaperone = async (desk: Desk, cycle: number, time: number): Promise<void> => {
  const { id, chaperoneSince } = desk.journey;
  const about = `chaperone-c${cycle}${time === 1 ? '' : `-${time}`}`;
  const calls = await desk.list(tasks, journeyPartition(id), 'task#call-patient-chaperone-');
  if (calls.some((call) => isPending(call) || call.ask.about === about)) return;
  await callInstead(desk, about);
  if (chaperoneSince === null && time === 1)
    await planMessage(desk, {
      kind: 'chaperone-changed',
      variant: `none${suffixOf(desk)}`,
      to: 'patient',
      person: 'patient',
      sendAt: desk.now,
    });
};

/** Who takes the patient home changes: without anybody the booked dose is held, and a person helps to find somebody. */
export const changeChaperone: CommandAct = async (desk, { data, by, commandId }) => {
  const { chaperone } = data;
  if (chaperone !== 'named' && chaperone !== 'none')
    throw new CommandRefused(`chaperone is ${JSON.stringify(chaperone ?? null)}; named or none`);
  const contact = await desk.need(contacts, desk.journey.id);
  const next = chaperone === 'none' ? undefined : (readChaperone(data) ?? contact.chaperone ?? undefined);
  if (chaperone === 'named' && next === undefined)
    throw new CommandRefused('nobody is known; name and mobile of whoever it is');
  const before = desk.journey.chaperone === 'named' ? contact.chaperone : null;
  if (chaperone === desk.journey.chaperone && next?.mobile === before?.mobile) return [];
  const dosing = await awaitedDose(desk);
  const known = dosing !== undefined && before !== null ? await release(desk, dosing) : undefined;
  desk.keep({ chaperone, chaperoneSince: desk.now });
  // Whoever was to hear that they need not come comes after all.
  const isBack = next !== undefined && next.mobile === contact.released?.mobile;
  const changed = {
    ...contact,
    chaperone: next ?? contact.chaperone,
    released: known === undefined ? contact.released : before,
  };
  desk.put(contacts, changed);
  await enterNumbers(desk, desk.journey.id, changed, contact);
  await forgetUnsaid(desk, 'patient');
  if (isBack) await forgetUnsaid(desk, 'chaperone');
  const about = dosing && { appointment: { id: dosing.id, revision: dosing.revision, startsAt: dosing.startsAt } };
  const isUnderWay = dosing !== undefined && dosing.startsAt <= desk.now;
  const place = suffixOf(desk);
  if (dosing !== undefined && known !== undefined)
    await planMessage(desk, {
      kind: 'chaperone-changed',
      variant: `released${place}`,
      to: 'chaperone',
      person: 'chaperone',
      sendAt: desk.now,
      ...about,
      oldStartsAt: known,
      // In the night before the pick-up nobody may be texted in time: a person calls.
      usefulUntil: dosing.endsAt,
    });
  if (dosing !== undefined && chaperone === 'named' && !isReminded(desk, dosing)) {
    const told = await planMessage(desk, {
      kind: 'chaperone-reminder',
      ...(place !== '' && { variant: 'at-home' }),
      to: 'chaperone',
      person: 'chaperone',
      sendAt: desk.now,
      ...about,
      usefulUntil: dosing.endsAt,
    });
    // Should the dose move, or somebody else come, they hear of it as whoever was reminded by a rule does.
    desk.put(appointments, { ...dosing, messages: [...dosing.messages, told.id] });
  }
  // After the last dose nobody need take the patient home.
  if (desk.journey.seriesEndedAt === null && desk.journey.ending === null)
    await planMessage(desk, {
      kind: 'chaperone-changed',
      variant: `${chaperone}${place}`,
      to: 'patient',
      person: 'patient',
      sendAt: await afterSession(desk),
      // In the room it is said; what is written afterwards is for the doses to come.
      ...(!isUnderWay && about),
    });
  if (chaperone === 'named') {
    liftHold(desk, NO_CHAPERONE, by.id);
    const isAnswered = (task: Task): boolean => isAboutChaperone(task) || (isBack && isCallToReleased(task));
    await supersedeWhere(desk, 'change-chaperone', isAnswered, { gates: true });
  } else if (dosing !== undefined && desk.program.dosing.chaperone === 'required') {
    // A dose that goes on ends with its discharge, which nobody leaves alone; the hold is for one that could still be put off.
    if (!isUnderWay) placeHold(desk, NO_CHAPERONE, by.id);
    await callInstead(desk, `chaperone-${commandId}`, isUnderWay ? dosing.endsAt : dosing.startsAt);
  }
  if (dosing !== undefined)
    desk.follow({
      kind: 'replan-appointment',
      journeyId: desk.journey.id,
      appointmentId: dosing.id,
      revision: dosing.revision,
    });
  return [];
};
