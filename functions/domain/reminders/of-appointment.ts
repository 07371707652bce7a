import type { Clinic } from '../clinic/clinic.ts';
import type { Appointment } from '../journey/appointment.ts';
import { type Cycle, isOwed } from '../journey/cycle.ts';
import type { Journey } from '../journey/journey.ts';
import type { Program } from '../program/program.ts';
import { type Instant, minus, plus } from '../time/instants.ts';
import { planReminders } from './plan-reminders.ts';

/** What is said this close to an appointment's start, or later, is of no use as a reminder of it. */
const TOO_CLOSE = 'PT30M';

/** A second reminder of the same visit so soon after the first says nothing new. */
const ECHO = 'PT3H';
/** Of a visit that a dose owes one a day is enough: what is counted from the dose's end knows nothing of what is counted from the visit. */
const ECHO_OF_OWED = 'PT24H';

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

type Said = { readonly rule: Pick<Rule, 'message' | 'audience' | 'anchor'>; readonly sendAt: Instant };

const isOfOwed = ({ rule }: Said): boolean => rule.anchor === 'dose.ended';

/** Whether a reminder says so soon after another, or at the same time, what that has said. */
export const isEcho = (later: Said, first: Said): boolean =>
  later.rule.message === first.rule.message &&
  later.rule.audience === first.rule.audience &&
  first.sendAt <= later.sendAt &&
  later.sendAt < plus(first.sendAt, isOfOwed(later) || isOfOwed(first) ? ECHO_OF_OWED : ECHO);

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
    const isSaid = kept.some((each) => isEcho({ rule, sendAt }, each));
    if (!isSaid)
      kept.push({ rule, sendAt, usefulUntil: usefulUntil < appointment.startsAt ? usefulUntil : appointment.startsAt });
  }
  return kept;
};
