import type { Message } from '../journey/message.ts';
import type { Program } from '../program/program.ts';
import { type AppointmentReminder, remindersOf } from '../reminders/of-appointment.ts';
import type { AppointmentChange } from './appointments-under.ts';
import { isSame, liesAhead, type Move } from './move.ts';

/** What becomes of one planned notice: it is no longer sent, is sent besides, or is another (its time, its channel, its text). */
export type MessageChange = {
  readonly rule: string;
  readonly message: string;
  readonly audience: string;
  /** What it reminds of; null for a notice that hangs on no appointment. */
  readonly appointment: string | null;
  readonly becomes: 'gone' | 'added' | 'changed';
  /** When it was to be sent, and when it will be. */
  readonly wasAt: string | null;
  readonly at: string | null;
};

const rulesOf = ({ reminders, education }: Program) =>
  new Map([...reminders, ...education].map((rule) => [rule.id, rule]));

/** Ids of the rules that one version has and the other has not, or has otherwise. */
const changedRules = ({ from, to }: Move): ReadonlySet<string> => {
  const [was, is] = [rulesOf(from), rulesOf(to)];
  return new Set([...was.keys(), ...is.keys()].filter((id) => !isSame(was.get(id), is.get(id))));
};

const changeOf = (
  planned: Message | undefined,
  reminder: AppointmentReminder | undefined,
  appointment: string | null,
): MessageChange[] => {
  const said = reminder?.rule ?? undefined;
  const rule = said?.id ?? planned?.rule;
  if (rule === undefined || rule === null) return [];
  return [
    {
      rule,
      message: said?.message ?? planned?.kind ?? '',
      audience: said?.audience ?? planned?.to ?? '',
      appointment,
      becomes: planned === undefined ? 'added' : reminder === undefined ? 'gone' : 'changed',
      wasAt: planned?.sendAt ?? null,
      at: reminder?.sendAt ?? null,
    },
  ];
};

/**
 * What becomes of the notices that are planned: those of rules that differ between the versions. Appointments that are planned anew
 * plan all of theirs anew; what hangs on none of them and counts from a moment that is past stays, unless its rule is gone.
 */
export const messagesUnder = (move: Move, changes: readonly AppointmentChange[]): MessageChange[] => {
  const changed = changedRules(move);
  const { now, cycles } = move.after;
  const own = (id: string) => move.messages.filter(({ appointmentId }) => appointmentId === id);
  const staying = changes.filter(({ becomes }) => becomes === 'stays').map(({ id }) => id);
  const ofAppointments = move.appointments
    .filter((each) => liesAhead(each, now) && staying.includes(each.id))
    .flatMap((appointment) => {
      const cycle = cycles.find(({ number }) => number === appointment.cycle);
      const { program, clinic, journey } = move.after;
      const next = remindersOf({ program, clinic, journey, now, appointment, cycle, justSaid: [] });
      return [...changed].flatMap((id) => {
        const mine = own(appointment.id).filter(({ rule }) => rule === id);
        const planned = mine.find(({ state }) => state === 'planned');
        const said = mine.some(
          ({ state, appointmentRevision }) =>
            state !== 'planned' && state !== 'cancelled' && appointmentRevision === appointment.revision,
        );
        const reminder = said ? undefined : next.find(({ rule }) => rule.id === id);
        return changeOf(planned, reminder, appointment.id);
      });
    });
  const is = rulesOf(move.to);
  const gone = move.messages.filter(
    ({ state, rule, appointmentId }) => state === 'planned' && appointmentId === null && rule !== null && !is.has(rule),
  );
  return [...ofAppointments, ...gone.flatMap((message) => changeOf(message, undefined, null))];
};
