import type { Message } from '../../domain/journey/message.ts';
import type { Task } from '../../domain/journey/task.ts';
import { hiddenLink, linkAddress } from '../../domain/links/address.ts';
import { byLink, changesByLink, leadsToPickUp, measureOfForm } from '../../domain/links/by-link.ts';
import { LINK_KEPT, type Link } from '../../domain/links/link.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import type { Language } from '../../domain/names.ts';
import { plus } from '../../domain/time/instants.ts';
import { tasks } from '../journey-rows.ts';
import { linkHash } from '../link-rows.ts';
import type { Desk, Library } from './desk.ts';

/** Where links come from: ids that nobody can guess, and the address that they are opened at. */
export type LinkPorts = {
  /** The clinic's public address, such as `https://my.cedar.example`; undefined where it has none, and messages hold no links. */
  readonly address: () => string | undefined;
  /** 128 random bits in base64url. */
  readonly newId: () => string;
};

/** A link as its message has it, what stands for it in the ledger, and the row that remembers it. */
export type Minted = { readonly address: string; readonly hidden: string; readonly link: Link };

/** The questionnaire that the form of a task asks by item, where it asks one. */
export const measureOf = (task: Task, library: Library): Measure | undefined => {
  const id = measureOfForm(task);
  return id === undefined ? undefined : library.measure(id);
};

type About = Pick<Link, 'by' | 'taskId' | 'appointment'>;

/** What a message's reader may answer by a link, and in whose name; undefined where nothing. */
const aboutOf = async (desk: Desk, message: Message, language: Language): Promise<About | undefined> => {
  const { journeyId, taskId, appointmentId, appointmentRevision, person } = message;
  if (taskId === null) {
    if (appointmentId === null || appointmentRevision === null) return undefined;
    const appointment = { id: appointmentId, revision: appointmentRevision };
    if (changesByLink(message)) return { by: { role: 'patient', id: person }, taskId: null, appointment };
    if (leadsToPickUp(message, desk.now)) return { by: { role: 'chaperone', id: person }, taskId: null, appointment };
    return undefined;
  }
  const task = await desk.get(tasks, { journeyId, id: taskId });
  if (task === undefined) return undefined;
  const how = byLink(task, { language, measure: measureOf(task, desk.library) });
  // A patient's task that went on to somebody of the clinic is answered by them as the clinic's, not in the patient's name.
  if (how === undefined || (how === 'proved') !== (message.to === 'patient')) return undefined;
  return { by: { role: how === 'proved' ? 'patient' : task.holder, id: person }, taskId };
};

/**
 * A new link for a message that is being sent, where whoever gets it may answer by one. Each sending has its own: a link of an earlier
 * sending, which may have arrived after all, goes on opening the same.
 */
export const mintLink = async (
  ports: LinkPorts | undefined,
  desk: Desk,
  message: Message,
  language: Language,
): Promise<Minted | undefined> => {
  const clinicAddress = ports?.address();
  if (ports === undefined || clinicAddress === undefined) return undefined;
  const about = await aboutOf(desk, message, language);
  if (about === undefined) return undefined;
  const id = ports.newId();
  return {
    address: linkAddress(clinicAddress, id),
    hidden: hiddenLink(clinicAddress),
    link: {
      hash: linkHash(id),
      journeyId: message.journeyId,
      messageId: message.id,
      ...about,
      sentAt: desk.now,
      until: plus(desk.now, LINK_KEPT),
      wrong: 0,
    },
  };
};
