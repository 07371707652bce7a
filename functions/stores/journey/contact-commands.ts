import type { Command } from '../../contracts/command.ts';
import { localDate } from '../../domain/clinic/time.ts';
import { readEmail, readTelephone } from '../../domain/contact/address.ts';
import { isStanding } from '../../domain/journey/appointment.ts';
import type { Contact } from '../../domain/journey/journey.ts';
import { isZone } from '../../domain/time/zones.ts';
import { appointments, contacts, journeyPartition, messages } from '../journey-rows.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import type { Desk } from './desk.ts';
import { callInstead, cancelMessage, planMessage } from './ledger.ts';
import { replanMessage } from './message-end.ts';
import { enterNumbers, stopNumber } from './numbers.ts';
import { ZONE_CHANGED } from './taken-back.ts';

const noteStop = async (desk: Desk, stopped: boolean): Promise<void> => {
  const { mobile } = await desk.need(contacts, desk.journey.id);
  if (mobile !== null) await stopNumber(desk, mobile, stopped);
};

/** STOP: no more texts to that number, but the one that confirms it, where the carrier has not done so; e-mail goes on. */
export const stopTexts: CommandAct = async (desk, { data, commandId }) => {
  if (desk.journey.smsStopped) return [];
  desk.keep({ smsStopped: true });
  await noteStop(desk, true);
  // Nothing written reaches them any more: a person asks how they would like to hear from the clinic.
  const { mobile, email } = await desk.need(contacts, desk.journey.id);
  const isLast = mobile !== null && (email === null || desk.journey.consents.email !== true);
  if (isLast && desk.journey.ending === null) await callInstead(desk, `no-channel-${commandId}`);
  if (data.confirmedByCarrier === true) return [];
  await planMessage(desk, { kind: 'stop-confirmation', to: 'patient', person: 'patient', sendAt: desk.now });
  return [];
};

/** START: texts may come again. */
export const startTexts: CommandAct = async (desk) => {
  desk.keep({ smsStopped: false });
  await noteStop(desk, false);
  return [];
};

/** An address as given: read, taken away (null or `none`), or left as it is. */
const given = (
  { data }: Command,
  name: 'mobile' | 'email',
  read: (text: string) => string | undefined,
  allowed: string,
): { [name: string]: string | null } => {
  const value = data[name];
  if (value === undefined) return {};
  if (value === null || value === 'none') return { [name]: null };
  const address = typeof value === 'string' ? read(value) : undefined;
  // What was given is a personal fact and may be anything; the reason names the field alone.
  if (address === undefined) throw new CommandRefused(`${name} is not ${allowed}`);
  return { [name]: address };
};

/** Messages speak by the patient's clock: what is planned is planned again by the new one. */
const moveZone = async (desk: Desk, zone: string): Promise<void> => {
  if (zone === desk.journey.zone) return;
  desk.keep({ zone });
  const partition = journeyPartition(desk.journey.id);
  const toPatient = (await desk.list(messages, partition, 'message#')).filter(
    ({ state, to, schedule }) => state === 'planned' && schedule !== null && (to === 'patient' || to === 'chaperone'),
  );
  const standing = (await desk.list(appointments, partition, 'appointment#')).filter(isStanding);
  const planned = new Set(standing.map(({ id }) => id));
  for (const message of toPatient) {
    cancelMessage(desk, message, ZONE_CHANGED);
    // What stands is planned anew with its appointment.
    if (!planned.has(message.appointmentId ?? '')) await replanMessage(desk, message);
  }
  for (const { id, revision } of standing)
    desk.follow({ kind: 'replan-appointment', journeyId: desk.journey.id, appointmentId: id, revision });
};

/** Takes down a new number, address, zone or date of birth; a patient who sent STOP gets no text at a new number either, until they send START. */
export const changeContact: CommandAct = async (desk, command) => {
  const { zone, bornOn } = command.data;
  const known = await desk.need(contacts, desk.journey.id);
  if (bornOn !== undefined && !localDate.safeParse(bornOn).success)
    throw new CommandRefused('bornOn is no date of the calendar such as 1988-05-04');
  // Whoever can sign in as the patient, or has their mail, must not make the date of birth theirs.
  if (bornOn !== undefined && command.by.role === 'patient' && known.bornOn !== null)
    throw new CommandRefused('bornOn is known, and is changed by the clinic');
  const changed: Contact = {
    ...known,
    ...given(command, 'mobile', readTelephone, 'a telephone number with its country, such as +12065550100'),
    ...given(command, 'email', readEmail, 'an e-mail address'),
    ...(typeof bornOn === 'string' && { bornOn }),
  };
  if (zone !== undefined && (typeof zone !== 'string' || !isZone(zone)))
    throw new CommandRefused('zone is not an IANA time zone such as America/New_York');
  desk.put(contacts, changed);
  await enterNumbers(desk, desk.journey.id, changed, known);
  if (zone !== undefined) await moveZone(desk, zone);
  const lost = changed.mobile === null && changed.email === null && (known.mobile ?? known.email) !== null;
  if (lost) await callInstead(desk, `no-channel-${command.commandId}`);
  return [];
};
