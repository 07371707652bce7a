import type { Message } from '../journey/message.ts';
import type { Task } from '../journey/task.ts';
import { measureAsked } from '../measures/asked.ts';
import type { Measure } from '../measures/measure.ts';
import { wordedIn } from '../measures/wording.ts';
import type { Language, MeasureId, MessageKind, TaskKind } from '../names.ts';
import { isScreener } from '../tasks/ask.ts';
import { type Instant, plus } from '../time/instants.ts';
import type { Link } from './link.ts';

/**
 * How a task is answered by a link, by somebody without an account. `proved`: by the patient, who first gives their date of birth.
 * `at-once`: by somebody of the clinic or a practice, where the answer shows nothing of a patient and changes no treatment. The
 * others need the record, or more than a choice, and are answered by who has signed in, or on the telephone.
 */
const BY_LINK: Readonly<Partial<Record<TaskKind, 'proved' | 'at-once'>>> = {
  'plan-sign-off': 'proved',
  'sign-consents': 'proved',
  'acknowledge-cost': 'proved',
  'home-safe': 'proved',
  'next-day-check-in': 'proved',
  'answer-measure': 'proved',
  'answer-screening': 'proved',
  rescreen: 'proved',
  'continuing-care': 'proved',
  'partner-offer': 'at-once',
  'acknowledge-safety': 'at-once',
  'call-patient': 'at-once',
  'follow-up-contact': 'at-once',
  'refer-to-prescriber': 'at-once',
  'inform-own-therapist': 'at-once',
};

/** Messages about an appointment in which the patient finds a link to confirm, move or cancel it. */
const OF_APPOINTMENTS: ReadonlySet<MessageKind> = new Set([
  'booking-confirmation',
  'reminder',
  'day-before',
  'time-changed',
]);

/** Whether a message may lead to its appointment. */
export const changesByLink = ({ to, kind }: Pick<Message, 'to' | 'kind'>): boolean =>
  to === 'patient' && OF_APPOINTMENTS.has(kind);

/** Messages about a pick-up in which the chaperone finds a link: they say by it that they come, or that they cannot, and nothing else. */
const OF_PICK_UPS: ReadonlySet<MessageKind> = new Set(['chaperone-reminder', 'time-changed']);
export const PICK_UP_ANSWERS = ['come', 'cannot'] as const;
export type PickUpAnswer = (typeof PICK_UP_ANSWERS)[number];

/** Whether a message may lead to its pick-up; once the visit has begun whoever cannot come calls. */
export const leadsToPickUp = (
  { to, kind, startsAtTold }: Pick<Message, 'to' | 'kind' | 'startsAtTold'>,
  now: Instant,
): boolean => to === 'chaperone' && OF_PICK_UPS.has(kind) && startsAtTold !== null && startsAtTold > now;

/** The language of whoever reads, and the questionnaire that a task asks for. */
export type Around = { readonly language: Language; readonly measure: Measure | undefined };

/** A questionnaire can be shown where its wording is there in the reader's language. */
const isShown = ({ language, measure }: Around): boolean =>
  measure !== undefined && wordedIn(measure, language) !== undefined;

const SCREENING: ReadonlySet<TaskKind> = new Set(['answer-screening', 'rescreen']);

/** Whether a task asks for the screening's answers, of which a link asks what a patient can say where nobody asks them. */
export const asksScreening = ({ kind }: Pick<Task, 'kind'>): boolean => SCREENING.has(kind);

/** The questionnaire that a form of a link asks by item: the task's own, and with the screening the PHQ-9, which a patient fills in themselves. */
export const measureOfForm = ({ kind, ask: { about } }: Pick<Task, 'kind' | 'ask'>): MeasureId | undefined => {
  if (kind === 'answer-measure') return measureAsked(about ?? '');
  return asksScreening({ kind }) ? 'phq9' : undefined;
};

/** How a task is answered by a link; undefined where it is not. */
export const byLink = (task: Pick<Task, 'kind' | 'role' | 'ask'>, around: Around): 'proved' | 'at-once' | undefined => {
  const how = BY_LINK[task.kind];
  if (how === 'proved' && task.role !== 'patient') return undefined;
  if (task.kind === 'answer-measure' && !isShown(around)) return undefined;
  // The screener about suicide has no words here: a person asks it.
  if (isScreener({ kind: task.kind, about: task.ask.about })) return undefined;
  return how;
};

/** Forms that open within this of a request are asked for by it. */
export const ONE_REQUEST = 'PT15M';

const AT_ONE_MOMENT: ReadonlySet<TaskKind> = new Set(['home-safe', 'next-day-check-in']);

/** Whether a link leads to a task: to its own, and a request for forms to each form that it asked for. */
export const leadsTo = (link: Pick<Link, 'sentAt' | 'by'>, task: Task, own: Task): boolean => {
  if (task.id === own.id) return true;
  const isForm = task.role === 'patient' && !AT_ONE_MOMENT.has(task.kind) && !AT_ONE_MOMENT.has(own.kind);
  return (
    isForm &&
    link.by.role === 'patient' &&
    task.openedAt !== null &&
    task.openedAt <= plus(link.sentAt, ONE_REQUEST) &&
    (task.state === 'open' || (task.decidedAt ?? '') >= link.sentAt)
  );
};
