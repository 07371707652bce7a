import type { Clinic } from '../clinic/clinic.ts';
import type { Appointment } from '../journey/appointment.ts';
import type { Cycle } from '../journey/cycle.ts';
import type { Journey } from '../journey/journey.ts';
import type { Ask, Task } from '../journey/task.ts';
import { type Role, TASKS, type TaskKind } from '../names.ts';
import { offerOf } from '../partners/offer.ts';
import { checkInOf } from '../program/check-ins.ts';
import type { Program } from '../program/program.ts';
import { isModeratelySuicidal, sameBusinessDay } from '../screening/moderate-suicidality.ts';
import { durationParts, elapsedMs } from '../time/durations.ts';
import { earlierOf, fromMs, type Instant, laterOf, minus, plus, toMs } from '../time/instants.ts';
import { atLocal, localDate, minusLocal, plusDays, plusLocal } from '../time/local.ts';
import { insideSendingHours } from '../time/sending-hours.ts';
import { plusWorking, type WorkingCalendar, workingStretches } from '../time/working-hours.ts';
import { assigneeOf, calendarOf } from './assignee.ts';

/** What the time of a task rests on. */
export type Occasion = {
  readonly now: Instant;
  readonly program: Program;
  readonly clinic: Clinic;
  readonly journey: Journey;
  readonly cycle: Cycle | undefined;
  readonly appointment: Appointment | undefined;
};

/** The next moment at which a patient may be asked something, by their own clock. */
const whenAwake = (at: Instant, { clinic, journey }: Occasion): Instant => {
  const { sending } = clinic;
  if (sending === null || insideSendingHours(at, journey.zone, sending)) return at;
  const today = atLocal(localDate(at, journey.zone), sending[0], journey.zone);
  return at < today ? today : atLocal(plusDays(localDate(at, journey.zone), 1), sending[0], journey.zone);
};

const homeSafeAt = ({ program, journey, cycle, now }: Occasion): Instant => {
  const from = cycle?.dischargedAt ?? now;
  const latest = atLocal(localDate(from, journey.zone), program.aftercare.homeSafe.latest, journey.zone);
  const asked = plus(from, program.aftercare.homeSafe.after);
  return asked < latest ? asked : laterOf(from, latest);
};

/** Whoever orders a dose has this much working time for it at the least, whatever days off come before. */
const TIME_TO_ORDER = 'PT8H';
/** No clinic is closed for longer. */
const MOST_DAYS_OFF = 60;

/** When the order of a dose is asked for: so long ahead as the program says, and early enough to be signed before days off. */
const orderedFrom = (ask: Ask, { now, program, clinic, journey, appointment }: Occasion): Instant => {
  if (appointment === undefined) return now;
  const by = assigneeOf(roleOf(ask, program), { clinic, journey, appointment, about: ask.about, now });
  const calendar = calendarOf(clinic, by);
  const ahead = minusLocal(appointment.startsAt, program.dosing.orderAhead, clinic.zone);
  for (let days = 0; days < MOST_DAYS_OFF; days += 1) {
    const from = minusLocal(ahead, `P${days}D`, clinic.zone);
    if (from <= now || (plusWorking(from, TIME_TO_ORDER, calendar) ?? now) <= appointment.startsAt) return from;
  }
  return ahead;
};

/** When a task opens: at the end of the encounter that it records, at check-in, or as its rule says; not before now. */
export const opensAt = (ask: Ask, occasion: Occasion): Instant => {
  const { now, program, clinic, journey, cycle, appointment } = occasion;
  const at = (): Instant => {
    switch (ask.kind) {
      case 'fit-decision':
      case 'record-preparation':
      case 'record-integration':
      case 'response-review':
        return appointment?.endsAt ?? ask.opensAt ?? now;
      case 'dosing-day-check':
        // A rest before the next reading goes on after the start.
        return laterOf(appointment?.startsAt ?? now, ask.opensAt ?? now);
      case 'dose-order':
        return orderedFrom(ask, occasion);
      case 'home-safe':
        return homeSafeAt(occasion);
      case 'next-day-check-in':
        return whenAwake(plus(cycle?.endedAt ?? now, program.aftercare.nextDay.after), occasion);
      case 'integration-overdue':
        return cycle?.debt?.window?.closes ?? now;
      case 'answer-measure':
        return whenAwake(ask.opensAt ?? now, { ...occasion, journey });
      case 'safety-follow-up':
        return ask.opensAt ?? plus(now, clinic.policy.safety.followUpFrom);
      default:
        return ask.opensAt ?? now;
    }
  };
  return laterOf(now, at());
};

/** When a weekly questionnaire comes: in the morning of the day, by the patient's clock, so many days after the one before. */
export const weeklyAt = (from: Instant, every: string, zone: string): Instant =>
  atLocal(localDate(plusLocal(from, every, zone), zone), '10:00', zone);

/** Who answers a kind of task in this program; what an ask names goes first. */
export const roleOf = (ask: Ask, program: Program): Role =>
  ask.role ?? program.tasks.roles?.[ask.kind] ?? TASKS[ask.kind].role;

/** How long an offer stands: what the clinic has agreed with the practice, else what the program says. */
const offerStandsFor = ({ about }: Ask, program: Program, clinic: Clinic): string =>
  clinic.partners.find(({ id }) => id === offerOf(about).partner)?.acceptWithin ?? program.partner.acceptWithin;

/** An offer made before days off is still open for so much of the next working day. */
const TIME_TO_READ = 'PT4H';

const allowance = (ask: Ask, { program, clinic }: Occasion): string => {
  const clearance = program.clearances.find(({ task }) => task === ask.kind);
  if (clearance) return clearance.dueIn;
  const checkIn = checkInOf(program, ask.about);
  if (checkIn !== undefined) return checkIn.dueIn;
  if (ask.kind === 'answer-measure') {
    const measure = program.measures.find(({ id }) => ask.about?.startsWith(id));
    if (measure) return measure.dueIn;
  }
  if (ask.kind === 'partner-offer') return offerStandsFor(ask, program, clinic);
  if (ask.kind === 'next-day-check-in') return program.aftercare.nextDay.dueIn;
  return program.tasks.dueIn?.[ask.kind] ?? clinic.tasks.dueIn[ask.kind] ?? 'P2D';
};

/** Roles that answer at any hour; the others' hours are the clinic's. */
const AT_ANY_HOUR: ReadonlySet<Role> = new Set(['patient', 'chaperone', 'on-call']);
/** Tasks whose clock does not wait for opening hours. */
const CLOCK_RUNS: ReadonlySet<TaskKind> = new Set([
  'acknowledge-safety',
  'safety-decision',
  'dosing-day-check',
  'record-dose',
  'discharge',
]);

/** What a gate of the dosing day waits for: the patient sits there meanwhile. */
export const isOfToday = ({ kind, about }: Pick<Ask, 'kind' | 'about'>): boolean =>
  kind === 'gate-review' && /^(dosing-day|pre-dose):/.test(about ?? '');

/** As long as a dose takes from the check-in to the way home; later nobody could stay for it. */
const wayHome = (from: Instant, { dosing: { before, duration, observation } }: Program): Instant =>
  plus(plus(plus(from, before), duration), observation);

/**
 * Until when the answer to what the dose of a day waits for is of use: until the clinic closes, and as long as a dose that began with
 * the question, or on time where it was not ordered, would take; undefined for any other question.
 */
export const usefulToday = (
  { ask, openedAt }: Pick<Task, 'ask' | 'openedAt'>,
  { clinic, program, appointment }: Pick<Occasion, 'clinic' | 'program' | 'appointment'>,
): Instant | undefined => {
  const isAsked = ask.kind === 'dosing-day-check' || isOfToday(ask);
  const from = ask.kind === 'dose-order' ? appointment?.startsAt : isAsked ? openedAt : undefined;
  if (from === undefined || from === null) return undefined;
  const closes = workingStretches(localDate(from, clinic.zone), calendarOf(clinic, null)).at(-1)?.to ?? 0;
  return fromMs(Math.max(closes, toMs(wayHome(from, program))));
};

/** Whether the patient is there, or due, when a task is: an order that is to be signed by the start of the dose. */
export const isDueOnSite = ({ ask, dueAt: due }: Pick<Task, 'ask' | 'dueAt'>, appointment?: Appointment): boolean =>
  ask.kind === 'dose-order' && appointment !== undefined && due !== null && due >= appointment.startsAt;

const clockRuns = (ask: Pick<Ask, 'kind' | 'about'>): boolean => CLOCK_RUNS.has(ask.kind) || isOfToday(ask);

/** Whether a task is urgent at any hour. */
export const isAtOnce = (ask: Pick<Ask, 'kind' | 'about'>): boolean => clockRuns(ask);

/** Half way through the time that a follow-up has, so that somebody else can still be asked; later for who is off until then, never after its end. */
const followUpDue = (openedAt: Instant, { policy: { safety } }: Clinic, calendar: WorkingCalendar): Instant => {
  const whole = elapsedMs(safety.followUpTo) - elapsedMs(safety.followUpFrom);
  const half = fromMs(toMs(openedAt) + whole / 2);
  return earlierOf(laterOf(half, plusWorking(openedAt, 'PT4H', calendar) ?? half), fromMs(toMs(openedAt) + whole));
};

/** These have their usual time and, where one is named, end before they would be of no use any more. */
const AT_THE_LATEST: ReadonlySet<TaskKind> = new Set(['call-patient', 'partner-offer']);
const soonest = (due: Instant, named: Instant | undefined): Instant =>
  named === undefined ? due : earlierOf(due, named);

/** When an open task is due: in working time for those who keep hours, in elapsed time or local days for all others. */
export const dueAt = (ask: Ask, role: Role, openedAt: Instant, occasion: Occasion): Instant => {
  const { clinic, journey, program } = occasion;
  // A named time that has passed by then, as after a pause, names none.
  const named = ask.dueAt !== undefined && ask.dueAt > openedAt ? ask.dueAt : undefined;
  if (named !== undefined && !AT_THE_LATEST.has(ask.kind)) return named;
  if (ask.kind === 'home-safe')
    return laterOf(
      plus(openedAt, 'PT1H'),
      atLocal(localDate(openedAt, journey.zone), program.aftercare.homeSafe.answerBy, journey.zone),
    );
  if (isOfToday(ask)) return wayHome(openedAt, program);
  const dueIn = allowance(ask, occasion);
  // Nobody is asked again, nor called, at night.
  if (ask.kind === 'next-day-check-in' && clinic.sending !== null) {
    const evening = atLocal(localDate(openedAt, journey.zone), clinic.sending[1], journey.zone);
    const least = plus(openedAt, 'PT1H');
    // Its time runs from the hour at which it would have come by day, so that it ends as long after the dose as it should.
    const { endedAt } = occasion.cycle ?? {};
    const from = earlierOf(openedAt, plus(endedAt ?? openedAt, program.aftercare.nextDay.after));
    return laterOf(earlierOf(plusLocal(from, dueIn, journey.zone), evening), least);
  }
  if (AT_ANY_HOUR.has(role) || clockRuns(ask))
    return soonest(plusLocal(openedAt, dueIn, role === 'patient' ? journey.zone : clinic.zone), named);
  const { appointment, now } = occasion;
  const calendar = calendarOf(clinic, assigneeOf(role, { clinic, journey, appointment, about: ask.about, now }));
  if (ask.kind === 'safety-follow-up') return followUpDue(openedAt, clinic, calendar);
  const due = plusWorking(openedAt, dueIn, calendar) ?? plusLocal(openedAt, dueIn, clinic.zone);
  if (ask.kind === 'screening-review' && isModeratelySuicidal(journey))
    return sameBusinessDay(openedAt, calendar) ?? due;
  if (ask.kind === 'partner-offer' && durationParts(dueIn).elapsed === 0)
    return soonest(laterOf(due, plusWorking(openedAt, TIME_TO_READ, calendar) ?? due), named);
  const { cycle } = occasion;
  const closes =
    ask.kind === 'book-appointment' && cycle?.integrationsHeld === 0 ? cycle.debt?.window?.closes : undefined;
  // An owed integration is to be booked while its window is still open, with time left to come.
  if (closes === undefined) return soonest(due, named);
  return earlierOf(due, laterOf(plus(openedAt, 'PT2H'), minus(closes, 'PT12H')));
};

/** How long before the evening's end a patient who has not said that they are home is asked once more. */
const ASK_AGAIN = 'PT1H';

/**
 * When an open task is next looked at: at its due time; whoever should be home by the evening is asked once more while they may be
 * written to, and a practice, or a patient on the day after, half way through the time that they have.
 */
export const firstLookAt = (kind: TaskKind, openedAt: Instant, due: Instant): Instant => {
  if (kind === 'partner-offer' || kind === 'next-day-check-in') return fromMs((toMs(openedAt) + toMs(due)) / 2);
  const before = minus(due, ASK_AGAIN);
  return kind === 'home-safe' && before > openedAt ? before : due;
};
