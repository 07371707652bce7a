import type { Appointment } from '../../domain/journey/appointment.ts';
import { transact } from '../transaction.ts';
import { CommandRefused } from './command-act.ts';
import { commandIn } from './commands.ts';
import { confirmComing } from './confirm-coming.ts';
import type { Desk, DeskPorts } from './desk.ts';
import { callInstead } from './ledger.ts';
import { type LinkOpened, refusedAt, shown } from './link-standing.ts';
import { mayAnswer, useUp } from './link-visits.ts';

type Asked = {
  readonly id: string;
  readonly nonce: string;
  /** `come`, `call` (somebody is to call them) or `cancel`; or the instant at which they want to come instead. */
  readonly answer: string;
};

const carryOut = async (ports: DeskPorts, desk: Desk, appointment: Appointment, { nonce, answer }: Asked) => {
  const { journeyId, id, kind, occurrence, revision } = appointment;
  if (answer === 'come') return confirmComing(desk, appointment, 'patient');
  if (answer === 'call') return callInstead(desk, `${id}-${revision}`);
  const named = { appointment: kind, occurrence, revision };
  await commandIn(ports, desk, {
    journeyId,
    commandId: `link-${nonce}`,
    command: answer === 'cancel' ? 'cancel-appointment' : 'reschedule-appointment',
    by: { role: 'patient', id: 'patient' },
    reason: null,
    data: answer === 'cancel' ? named : { ...named, startsAt: answer },
  });
};

/**
 * Confirms, moves or cancels the appointment of a link, or asks for a call: once under each nonce, in the transaction that uses it up, and
 * by the rules that a command of the patient is held to.
 */
export const answerAppointmentByLink = async (ports: DeskPorts, asked: Asked): Promise<LinkOpened> => {
  try {
    return await transact(ports, 'answer-by-link', async (transaction): Promise<LinkOpened> => {
      const answering = await mayAnswer(ports, transaction, asked);
      if ('standing' in answering) return answering;
      const { opened, provedAt } = answering;
      const { desk, link, appointment } = opened;
      if (appointment === undefined || link.by.role !== 'patient') return shown(opened);
      await carryOut(ports, desk, appointment, asked);
      const answered = { kind: 'appointment' as const, answer: asked.answer, at: desk.now, callsForHelp: false };
      useUp(desk, { hash: link.hash, nonce: asked.nonce, provedAt, answered });
      return shown(opened, { appointment: undefined, answered });
    });
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    return refusedAt(ports, asked.id, error.message);
  }
};
