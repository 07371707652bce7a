import type { Clinic } from '../clinic/clinic.ts';
import type { Appointment } from '../journey/appointment.ts';
import { type Cycle, isOwed } from '../journey/cycle.ts';
import type { Journey } from '../journey/journey.ts';
import type { Program } from '../program/program.ts';
import { type Instant, minus, plus } from '../time/instants.ts';
import { planReminders } from './plan-reminders.ts';

/** What is said this close to an appointment's start, or later, is of no use as a reminder of it. */
const TOO_CLOSE = 'PT30M';

/** A second reminder of the same visit so soon after the first says nothing new: one a day is enough. */
const ECHO = 'PT24H';

type Rule = Program['reminders'][number] | Program['education'][number];

/** A reminder of an appointment that can still be sent: by which rule, when, and until when it is of use. */
export type AppointmentReminder = { readonly rule: Rule; readonly sendAt: Instant; readonly usefulUntil: Instant };

/** What the reminders of one appointment are planned from. */
export type Reminding = {
  readonly program: Program;
  readonly clinic: Clinic;
  readonly journey: Journey;
  readonly now: Instant;
  readonly appointment: Appointment;
  /** The dose that it belongs to. */
  readonly cycle: Cycle | undefined;
  /** Messages that go out at this moment anyway. */
  readonly justSaid: readonly string[];
};

type Said = { readonly message: string; readonly audience: string; readonly sendAt: Instant };

/** Whether something says within a day of another, or at the same time, what that has said. */
export const isEcho = (later: Said, first: Said): boolean =>
  later.message === first.message &&
  later.audience === first.audience &&
  first.sendAt <= later.sendAt &&
  later.sendAt < plus(first.sendAt, ECHO);

/** The reminders of an appointment as it stands, and before the first of its kind what there is to read, in order of time. */
export const remindersOf = ({ program, clinic, journey, now, appointment, cycle, justSaid }: Reminding) => {
  const owed = appointment.kind === 'integration' && cycle !== undefined && isOwed(cycle);
  const first =
    appointment.cycle === null ? appointment.kind === 'consult' || journey.preparations === 0 : appointment.cycle === 1;
  const reading = program.education.filter(({ anchor }) => first && anchor === `${appointment.kind}.startsAt`);
  const rules = [...program.reminders, ...reading].filter(
    ({ audience }) => audience !== 'chaperone' || journey.chaperone === 'named',
  );
  const anchors = {
    [`${appointment.kind}.startsAt`]: appointment.startsAt,
    ...(owed && cycle.endedAt !== null && { 'dose.ended': cycle.endedAt }),
  };
  const planned = planReminders({
    rules,
    anchors,
    revision: appointment.revision,
    now,
    zone: journey.zone,
    sending: clinic.sending,
    justSaid,
  });
  const kept: AppointmentReminder[] = [];
  for (const { kind, ruleId, sendAt, usefulUntil } of planned) {
    const rule = rules.find(({ id }) => id === ruleId);
    if (kind !== 'send' || rule === undefined || sendAt > minus(appointment.startsAt, TOO_CLOSE)) continue;
    const { message, audience } = rule;
    const isSaid = kept.some((each) => isEcho({ message, audience, sendAt }, { ...each.rule, sendAt: each.sendAt }));
    if (!isSaid)
      kept.push({ rule, sendAt, usefulUntil: usefulUntil < appointment.startsAt ? usefulUntil : appointment.startsAt });
  }
  return kept;
};
