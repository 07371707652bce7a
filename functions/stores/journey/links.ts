import type { Task } from '../../domain/journey/task.ts';
import { ANSWERS } from '../../domain/law/entry-seen.ts';
import { asksScreening } from '../../domain/links/by-link.ts';
import { callsForHelp } from '../../domain/links/calls-for-help.ts';
import { WRONG_DATES } from '../../domain/links/link.ts';
import { contacts } from '../journey-rows.ts';
import { links } from '../link-rows.ts';
import { transact } from '../transaction.ts';
import { decideIn } from './decide-task.ts';
import type { DeskPorts } from './desk.ts';
import { AnswerRefused, type Given, refusing } from './effect.ts';
import { callInstead } from './ledger.ts';
import {
  find,
  formsOf,
  type LinkOpened,
  type LinkSeen,
  NOTHING,
  nothingOpen,
  refusedAt,
  seenOf,
  shown,
} from './link-standing.ts';
import { beginVisit, mayAnswer, useUp } from './link-visits.ts';
import { measureOf } from './mint-link.ts';

/** What a link is, for whoever opens it. Writes nothing: mail scanners open links too. */
export const seeLink = (ports: DeskPorts, { id }: { id: string }): Promise<LinkSeen> =>
  transact(ports, 'see-link', async (transaction) => {
    const opened = await find(ports, transaction, id);
    return opened === undefined ? NOTHING : seenOf(opened);
  });

/**
 * Holds a date of birth to the patient's. The right one opens the forms that the link leads to, under this nonce and for half an hour,
 * and is written down as a look at the record; the third wrong one in a row closes the link, and a person calls.
 */
export const proveLink = (
  ports: DeskPorts,
  { id, nonce, bornOn }: { id: string; nonce: string; bornOn: string },
): Promise<LinkOpened> =>
  transact(ports, 'prove-link', async (transaction) => {
    const opened = await find(ports, transaction, id);
    if (opened === undefined) return nothingOpen(NOTHING);
    const seen = await seenOf(opened);
    if (seen.standing !== 'to-prove') return nothingOpen(seen);
    const { desk, link } = opened;
    const contact = await desk.need(contacts, link.journeyId);
    if (contact.bornOn !== bornOn) {
      const wrong = link.wrong + 1;
      desk.put(links, { ...link, wrong });
      if (wrong < WRONG_DATES) return nothingOpen({ ...seen, standing: 'to-prove' });
      if (desk.journey.outcome === null) await callInstead(desk, `proof-${link.messageId}`);
      return nothingOpen({ ...seen, standing: 'locked' });
    }
    if (link.wrong > 0) desk.put(links, { ...link, wrong: 0 });
    await beginVisit(desk, link, nonce);
    desk.note(link.journeyId, {
      kind: 'read',
      by: { id: link.by.id, roles: [link.by.role] },
      operation: 'open-link',
      parts: [ANSWERS],
    });
    return shown(opened);
  });

type Answer = Pick<Given, 'answer' | 'reason'> & {
  readonly id: string;
  readonly nonce: string;
  /** Of the form after this one, where there is another. */
  readonly next: string;
  /** The task's number in the journey. */
  readonly number: number;
  /** Reads what was filled in beside the answer, by what the task asks for; throws InputRefused. */
  readonly read: (task: Task) => Given['data'];
};

/**
 * Answers a task by a link: once under each nonce, in the transaction that uses the nonce up. The same form sent again is told what it
 * answered; a task that was answered otherwise meanwhile is told as it stands.
 */
export const answerByLink = (
  ports: DeskPorts,
  { id, nonce, next, number, read, ...given }: Answer,
): Promise<LinkOpened> => {
  const done = transact(ports, 'answer-by-link', async (transaction): Promise<LinkOpened> => {
    const answering = await mayAnswer(ports, transaction, { id, nonce });
    if ('standing' in answering) return answering;
    const { opened, provedAt } = answering;
    const { desk, link } = opened;
    const task = (await formsOf(opened)).find((form) => form.number === number);
    if (task === undefined) return shown(opened);
    const data = refusing(() => read(task));
    const decided = await decideIn(ports, desk, {
      ...given,
      data,
      isPart: asksScreening(task),
      journeyId: link.journeyId,
      taskId: task.id,
      by: link.by,
    });
    if (!decided.accepted) throw new AnswerRefused(decided.reason);
    const { answer } = given;
    const ruleset = desk.library.ruleset(desk.program.screening.ruleset);
    const help = callsForHelp(task, { answer, data }, { measure: measureOf(task, desk.library), ruleset });
    const answered = { kind: task.kind, answer, at: desk.now, callsForHelp: help };
    useUp(desk, { hash: link.hash, nonce, provedAt, answered });
    const told = await shown(opened, { answered });
    if (provedAt !== null && told.forms.length > 0) await beginVisit(desk, link, next);
    return told;
  });
  return done.catch((error: unknown): Promise<LinkOpened> => {
    if (!(error instanceof AnswerRefused)) throw error;
    return refusedAt(ports, id, error.message);
  });
};
