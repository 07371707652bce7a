import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Journey } from '../../domain/journey/journey.ts';
import type { Task } from '../../domain/journey/task.ts';
import { byLink, leadsTo } from '../../domain/links/by-link.ts';
import { type Link, type Visit, WRONG_DATES } from '../../domain/links/link.ts';
import type { Language } from '../../domain/names.ts';
import type { Program } from '../../domain/program/program.ts';
import { appointments, contacts, journeyPartition, tasks } from '../journey-rows.ts';
import { linkHash, links } from '../link-rows.ts';
import { type Transaction, transact } from '../transaction.ts';
import { type Desk, type DeskPorts, deskFor } from './desk.ts';
import { placeOf } from './message-values.ts';
import { measureOf } from './mint-link.ts';

/** What somebody may do by a link as things stand. */
export type Standing =
  | 'unknown'
  /** The person gives their date of birth first. */
  | 'to-prove'
  /** It can be answered. */
  | 'open'
  | 'answered'
  | 'superseded'
  | 'expired'
  /** Too many wrong dates of birth: a person calls. */
  | 'locked'
  /** Nobody knows the patient's date of birth. */
  | 'unprovable';

/** When and where a patient is taken home, by the patient's clock: all that a chaperone learns. */
export type PickUp = { readonly at: string; readonly zone: string; readonly place: string | undefined };

/** A link as it is shown before anybody has proved anything; it names nobody and nothing clinical. */
export type LinkSeen = {
  readonly standing: Standing;
  readonly language: Language;
  readonly task: Task | undefined;
  readonly pickUp?: PickUp | undefined;
};

/** What is open to somebody who may answer, or what they answered by this very form. */
export type LinkOpened = LinkSeen & {
  readonly forms: readonly Task[];
  /** Whether another form was asked for that has no words here, or none in the reader's language. */
  readonly byTelephone: boolean;
  /** What can be confirmed, moved or cancelled. */
  readonly appointment: Appointment | undefined;
  /** What the forms speak of: undefined before the patient has proved who they are. */
  readonly about: (Pick<Journey, 'consents' | 'zone'> & { readonly program: Program }) | undefined;
  readonly answered: Visit['answered'];
  /** Why an answer was not taken. */
  readonly refusal: string | undefined;
};

/** A link with the journey and the task that it is for. */
export type Opened = {
  readonly desk: Desk;
  readonly link: Link;
  readonly language: Language;
  /** What it is for: one of the two. */
  readonly own: Task | undefined;
  readonly appointment: Appointment | undefined;
};

/** An id that no link has, or has any more. */
export const NOTHING: LinkSeen = { standing: 'unknown', language: 'en', task: undefined };
/** Nothing can be answered. */
export const nothingOpen = (seen: LinkSeen): LinkOpened => ({
  ...seen,
  forms: [],
  byTelephone: false,
  appointment: undefined,
  about: undefined,
  answered: null,
  refusal: undefined,
});

/** The link of an id, if there is one. */
export const find = async (ports: DeskPorts, transaction: Transaction, id: string): Promise<Opened | undefined> => {
  const link = await transaction.get(links, linkHash(id));
  if (link === undefined) return undefined;
  const desk = await deskFor(ports, transaction, link.journeyId);
  const { journeyId, taskId } = link;
  return {
    desk,
    link,
    own: taskId === null ? undefined : await desk.need(tasks, { journeyId, id: taskId }),
    appointment: link.appointment && (await desk.get(appointments, { journeyId, id: link.appointment.id })),
    language: link.by.role === 'patient' || link.by.role === 'chaperone' ? desk.journey.language : 'en',
  };
};

/** Open tasks that the link leads to, its own first. */
const openOf = async ({ desk, link, own }: Opened): Promise<Task[]> => {
  if (own === undefined) return [];
  const all = link.by.role === 'patient' ? await desk.list(tasks, journeyPartition(link.journeyId), 'task#') : [own];
  return all
    .filter((task) => task.state === 'open' && leadsTo(link, task, own))
    .sort((a, b) => Number(b.id === own.id) - Number(a.id === own.id) || a.number - b.number);
};

const isShown = ({ desk, language }: Opened, task: Task): boolean =>
  byLink(task, { language, measure: measureOf(task, desk.library) }) !== undefined;

/** Open forms that the link leads to, its own first. */
export const formsOf = async (opened: Opened): Promise<Task[]> =>
  (await openOf(opened)).filter((task) => isShown(opened, task));

const CLOSED = { decided: 'answered', superseded: 'superseded', expired: 'expired' } as const;

/** Whether somebody else, or nobody, takes the patient home since a chaperone was written to. */
const wasForAnother = ({ desk, link }: Opened): boolean => {
  const { chaperone, chaperoneSince } = desk.journey;
  return link.by.role === 'chaperone' && (chaperone !== 'named' || (chaperoneSince ?? '') > link.sentAt);
};

/** Why what a link is for can no longer be answered; undefined where it can. */
const closedAs = async (opened: Opened): Promise<Standing | undefined> => {
  const { desk, link, own, appointment } = opened;
  if (desk.now > link.until) return 'expired';
  if (own === undefined) {
    const stands = appointment?.state === 'booked' || appointment?.state === 'confirmed';
    if (appointment === undefined || !stands || appointment.revision !== link.appointment?.revision)
      return 'superseded';
    if (wasForAnother(opened)) return 'superseded';
    return appointment.startsAt <= desk.now ? 'expired' : undefined;
  }
  if ((await formsOf(opened)).length > 0) return undefined;
  return own.state === 'open' || own.state === 'planned' ? 'expired' : CLOSED[own.state];
};

const standingOf = async (opened: Opened): Promise<Standing> => {
  const { desk, link } = opened;
  const closed = await closedAs(opened);
  if (closed !== undefined) return closed;
  if (link.by.role !== 'patient') return 'open';
  if (link.wrong >= WRONG_DATES) return 'locked';
  return (await desk.need(contacts, link.journeyId)).bornOn === null ? 'unprovable' : 'to-prove';
};

const pickUpOf = ({ desk, link, appointment }: Opened): PickUp | undefined =>
  link.by.role !== 'chaperone' || appointment === undefined
    ? undefined
    : { at: appointment.endsAt, zone: desk.journey.zone, place: placeOf(desk.clinic, appointment) };

/** What a link is before anybody has proved anything. */
export const seenOf = async (opened: Opened): Promise<LinkSeen> => ({
  standing: await standingOf(opened),
  language: opened.language,
  pickUp: pickUpOf(opened),
  // What it is about is nobody's business who has not said who they are.
  task: opened.link.by.role === 'patient' ? undefined : opened.own,
});

/** What is open to who may answer. */
export const shown = async (opened: Opened, more: Partial<LinkOpened> = {}): Promise<LinkOpened> => {
  const open = await openOf(opened);
  return {
    standing: 'open',
    language: opened.language,
    task: opened.own,
    forms: open.filter((task) => isShown(opened, task)),
    // A screener about suicide is nobody's to announce.
    byTelephone: open.some((task) => task.kind === 'answer-measure' && !isShown(opened, task)),
    // A chaperone learns when and where, and nothing else of it.
    appointment: opened.link.by.role === 'patient' ? opened.appointment : undefined,
    pickUp: pickUpOf(opened),
    about: { ...opened.desk.journey, program: opened.desk.program },
    answered: null,
    refusal: undefined,
    ...more,
  };
};

/** The form once more, with why its answer was not taken; for who may answer. */
export const refusedAt = (ports: DeskPorts, id: string, refusal: string): Promise<LinkOpened> =>
  transact(ports, 'see-link', async (transaction) => {
    const opened = await find(ports, transaction, id);
    return opened === undefined ? nothingOpen(NOTHING) : shown(opened, { refusal });
  });
