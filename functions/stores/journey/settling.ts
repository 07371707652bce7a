import type { Follows, Run } from '../../contracts/run.ts';
import { DEADLINES } from '../../domain/journey/deadlines.ts';
import type { Ending, Journey } from '../../domain/journey/journey.ts';
import type { Message } from '../../domain/journey/message.ts';
import { type Ask, isPending, type Task } from '../../domain/journey/task.ts';
import type { MessageKind, OutcomeKind, TaskKind } from '../../domain/names.ts';
import { isScreener } from '../../domain/tasks/ask.ts';
import { plus, secondsUntil } from '../../domain/time/instants.ts';
import { heads, journeyPartition, lines, messages, openJourneys, safetyEvents, tasks } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { asksForNothing } from './answered-message.ts';
import { cancelStanding } from './appointment-acts.ts';
import { type Desk, type DeskPorts, deskAtHead } from './desk.ts';
import { cancelMessage, planMessage } from './ledger.ts';
import { type Carried, carried } from './main-line.ts';
import { holdOf } from './safety.ts';
import { isWaitedFor, postSignal, supersede } from './signals.ts';

/** Safety and what the law wants outlive the journey: these tasks close by their own answer only. */
const OUTLIVES: ReadonlySet<TaskKind> = new Set([
  'rems-form',
  'regulatory-report',
  'acknowledge-safety',
  'safety-decision',
  'safety-follow-up',
]);
const isOfTheWayHome = ({ kind, ask }: Task): boolean =>
  kind === 'call-patient' && /^(home-safe|next-day-check-in|left)-/.test(ask.about ?? '');
/** Who cannot be written to is called about what is called off, also when that is the end. */
const isOfACancellation = ({ kind, about }: Ask): boolean =>
  kind === 'call-patient' && about?.startsWith('appointment-cancelled-') === true;
const outlives = (task: Task): boolean =>
  OUTLIVES.has(task.kind) || isScreener(task.ask) || isOfTheWayHome(task) || isOfACancellation(task.ask);

/**
 * Takes back every task that nobody needs to answer any more; says which, which outlive the journey, and whether a call that does
 * is still to be opened. After a death nobody is called.
 */
const closeTasks = async (
  desk: Desk,
  { kind }: Ending,
): Promise<{ readonly closed: Task[]; readonly left: Task[]; readonly isCallToCome: boolean }> => {
  const partition = journeyPartition(desk.journey.id);
  const all = await desk.list(tasks, partition, 'task#');
  const stays = (task: Task): boolean => outlives(task) && !(kind === 'died' && isOfACancellation(task.ask));
  const closed = all.filter((task) => isWaitedFor(task) && !stays(task));
  for (const task of closed) await supersede(desk, task);
  const asked = new Set(all.map(({ line }) => line));
  const calls = kind === 'died' ? [] : await desk.list(lines, partition, 'line#call-patient-appointment-cancelled-');
  return {
    closed,
    left: all.filter((task) => isPending(task) && stays(task)),
    isCallToCome: calls.some(({ line }) => !asked.has(line)),
  };
};

const FAREWELL: Partial<Record<OutcomeKind, MessageKind>> = {
  'not-a-fit': 'decline',
  ineligible: 'decline',
  declined: 'goodbye',
  withdrawn: 'goodbye',
  unresponsive: 'goodbye',
  'stopped-medically': 'goodbye',
  transferred: 'goodbye',
};

/** A message that was sent is waited for this long; a delivery event that never comes holds nobody's journey up. */
const DELIVERY = 'PT1H';

const unsettled = (all: readonly Message[], now: string): Message[] =>
  all.filter(({ state, claimedAt }) => {
    if (state === 'planned') return true;
    return (state === 'sending' || state === 'sent') && plus(claimedAt ?? now, DELIVERY) > now;
  });

const endingOf = ({ ending, stopped }: Journey, now: string): Ending =>
  ending ?? stopped ?? { kind: 'completed', reason: 'series and follow-ups done', at: now };

const farewell = async (desk: Desk, ending: Ending): Promise<void> => {
  const kind = FAREWELL[ending.kind];
  const known =
    kind === undefined
      ? undefined
      : await desk.get(messages, { journeyId: desk.journey.id, id: `${kind}-patient-1-1-1` });
  if (kind !== undefined && known === undefined)
    await planMessage(desk, { kind, to: 'patient', person: 'patient', sendAt: desk.now });
};

/** What a patient or chaperone is still told when the journey is over: that it is, what is called off, what they asked for, where help is. */
const STILL_SAID: ReadonlySet<MessageKind> = new Set([
  'goodbye',
  'decline',
  'appointment-cancelled',
  'chaperone-changed',
  'stop-confirmation',
  'crisis-information',
]);

const cancelRest = async (desk: Desk): Promise<void> => {
  const partition = journeyPartition(desk.journey.id);
  await cancelStanding(desk);
  for (const message of await desk.list(messages, partition, 'message#')) {
    if (message.schedule === null || message.state !== 'planned') continue;
    const isTheirs = message.to === 'patient' || message.to === 'chaperone';
    if (isTheirs && !STILL_SAID.has(message.kind)) cancelMessage(desk, message, 'journey-ended');
    // The end does not wait until somebody comes to work to be told of a task that is closed.
    if (!isTheirs && (await asksForNothing(desk, message))) cancelMessage(desk, message, 'task-closed');
  }
};

/**
 * Settles what is left: takes tasks, appointments and reminders back, says goodbye, and waits until the last message is out;
 * then records the outcome, closes the journey's head and lets the patient enrol again.
 */
export const settleJourney = (
  ports: DeskPorts,
  input: { run: Run },
): Promise<Carried & { follows: Follows; seconds: number }> =>
  transact(ports, 'settle-journey', async (transaction) => {
    const desk = await deskAtHead(ports, transaction, input.run);
    const { journey, now } = desk;
    const wait = async (seconds: number) => ({ ...(await carried(desk)), follows: 'hold' as const, seconds });
    if (journey.outcome !== null) return { ...(await carried(desk)), follows: 'done' as const, seconds: 1 };
    const ending = endingOf(journey, now);
    const partition = journeyPartition(journey.id);
    const { closed, left, isCallToCome } = await closeTasks(desk, ending);
    if (closed.length > 0)
      await postSignal(desk, {
        cause: 'settled',
        taskIds: closed.map(({ kind, subject }) => `${kind}-${subject}`),
        gates: true,
      });
    if (journey.ending === null) desk.keep({ ending });
    await cancelRest(desk);
    const unsafe = (await desk.list(safetyEvents, partition, 'safety#')).filter(({ closedAt }) => closedAt === null);
    // While somebody sees to the patient they read no farewell; nothing but the end of that holds it back.
    if (!unsafe.some((event) => journey.holds.some(({ reason }) => reason === holdOf(event))))
      await farewell(desk, ending);
    const open = unsettled(await desk.list(messages, partition, 'message#'), now);
    if (open.length > 0) {
      const first =
        open.map(({ sendAt, sentAt }) => (sentAt === null ? sendAt : plus(sentAt, 'PT1M'))).toSorted()[0] ?? now;
      return wait(Math.max(60, secondsUntil(now, first)));
    }
    if (isCallToCome) return wait(60);
    if (unsafe.length > 0 || left.length > 0) return wait(86_400);
    if (journey.phase !== null) desk.note(journey.id, { kind: 'phase', phase: journey.phase, event: 'left' });
    desk.keep({ outcome: { ...ending, at: now } });
    desk.note(journey.id, { kind: 'outcome', outcome: ending.kind, reason: ending.reason });
    for (const deadline of DEADLINES) desk.follow({ kind: 'keep-deadline', journeyId: journey.id, deadline });
    const head = await desk.need(heads, journey.id);
    desk.put(heads, { ...head, closed: true });
    if ((await desk.get(openJourneys, journey.patientId))?.journeyId === journey.id)
      desk.remove(openJourneys, journey.patientId);
    desk.follow({
      kind: 'publish-event',
      journeyId: journey.id,
      event: `outcome-${ending.kind}`,
      at: now,
      id: 'outcome',
    });
    return { ...(await carried(desk)), follows: 'done' as const, seconds: 1 };
  });
