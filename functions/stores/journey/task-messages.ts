import type { Message } from '../../domain/journey/message.ts';
import type { Task } from '../../domain/journey/task.ts';
import { ONE_REQUEST } from '../../domain/links/by-link.ts';
import type { MessageKind } from '../../domain/names.ts';
import { offerOf } from '../../domain/partners/offer.ts';
import { minus } from '../../domain/time/instants.ts';
import { messages } from '../journey-rows.ts';
import { countOf, type Desk } from './desk.ts';
import { planMessage } from './ledger.ts';
import { askedNow, onCallNow } from './on-call.ts';

const OPENING: Partial<Record<Task['kind'], MessageKind>> = {
  'home-safe': 'home-safe',
  'next-day-check-in': 'check-in',
};

/** The first try of the newest message of a kind to somebody. */
const newestTo = async (desk: Desk, kind: MessageKind, person: string): Promise<Message | undefined> => {
  const journeyId = desk.journey.id;
  const occurrence = await countOf(desk, journeyId, `message:${kind}:${person}`);
  return occurrence === 0 ? undefined : desk.get(messages, { journeyId, id: `${kind}-${person}-${occurrence}-1-1` });
};

/** Whether the patient has just been (or is about to be) asked for forms; that message covers this one too. */
const alreadyAsked = async (desk: Desk): Promise<boolean> => {
  const last = await newestTo(desk, 'form-request', 'patient');
  return (
    last !== undefined &&
    last.state !== 'cancelled' &&
    last.state !== 'skipped' &&
    last.sendAt >= minus(desk.now, ONE_REQUEST)
  );
};

/** Whether word of the task waits for somebody's morning already: after a night or a weekend one message is enough. */
const alreadyWaits = async (desk: Desk, kind: MessageKind, task: Task, person: string): Promise<boolean> => {
  const last = await newestTo(desk, kind, person);
  return last?.state === 'planned' && last.taskId === task.id;
};

/** Tells whoever has to answer a task that it is open, due, or now theirs. */
export const announceTask = async (
  desk: Desk,
  task: Task,
  occasion: 'opened' | 'nudged' | 'escalated',
): Promise<void> => {
  if (task.kind === 'acknowledge-safety') {
    await page(desk, task);
    return;
  }
  if (task.holder === 'patient') {
    const kind = OPENING[task.kind] ?? 'form-request';
    if (kind === 'form-request' && (await alreadyAsked(desk))) return;
    await planMessage(desk, {
      kind,
      ...(kind === 'form-request' && { variant: task.kind }),
      to: 'patient',
      person: 'patient',
      sendAt: desk.now,
      ...(task.dueAt !== null && task.dueAt > desk.now && { usefulUntil: task.dueAt }),
      taskId: task.id,
    });
    return;
  }
  const person = occasion === 'opened' ? task.assignee : await askedNow(desk, task.holder, task.ask.about, undefined);
  if (person === null) return;
  const kind =
    task.holder === 'partner'
      ? offerOf(task.ask.about).isContinuation
        ? 'partner-continuation'
        : 'partner-offer'
      : occasion === 'opened'
        ? 'task'
        : occasion === 'nudged'
          ? 'nudge'
          : 'escalation';
  if (occasion === 'nudged' && (await alreadyWaits(desk, kind, task, person))) return;
  const named = task.holder === 'partner' ? {} : { variant: task.kind };
  await planMessage(desk, {
    kind,
    ...named,
    to: task.holder === 'partner' ? 'partner' : 'staff',
    person,
    sendAt: desk.now,
    taskId: task.id,
    // What was on call's cannot wait for the morning, whoever has it now.
    atAnyHour: task.holder === 'on-call' || task.role === 'on-call',
  });
};

/** Pages by SMS and e-mail at once, at any hour. */
const page = async (desk: Desk, task: Task): Promise<void> => {
  const clinic = desk.clinic;
  const [turn = null, backup = turn] = await onCallNow(desk);
  const everybody = [
    ...new Set([
      turn,
      backup,
      ...clinic.practitioners.filter(({ roles }) => roles.includes('medical-director')).map(({ id }) => id),
    ]),
  ];
  const persons = [[turn], [backup], everybody.slice(-1)][task.rung] ?? everybody;
  for (const person of persons) {
    if (person === null) continue;
    const sms = await planMessage(desk, { kind: 'page', to: 'staff', person, sendAt: desk.now, taskId: task.id });
    const tried = [sms.channel];
    await planMessage(
      desk,
      { kind: 'page', to: 'staff', person, sendAt: desk.now, taskId: task.id },
      { tried, occurrence: sms.occurrence, attempt: 2 },
    );
    desk.note(task.journeyId, {
      kind: 'safety',
      id: task.ask.about ?? task.id,
      type: task.ask.about?.startsWith('adverse-event') ? 'adverse-event' : 'crisis',
      event: 'paged',
      person,
    });
  }
};
