import { isOwed } from '../../domain/journey/cycle.ts';
import { PAUSED, pauseOf } from '../../domain/journey/journey.ts';
import type { Message } from '../../domain/journey/message.ts';
import { heads, journeyPartition, lines, tasks } from '../journey-rows.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import { cyclesOf } from './cycles.ts';
import { type Desk, liftHold, placeHold } from './desk.ts';
import { planMessage } from './ledger.ts';
import { MAIN } from './main-line.ts';
import { withdrawOffers } from './offers.ts';
import { sayAgain } from './say-again.ts';
import { cancelWhatHasNotBegun, stopMessages } from './stopping.ts';

/** Pauses a journey: bookings, questions and messages stop, what a begun dose owes and safety go on. */
export const pause: CommandAct = async (desk, { by }) => {
  if (desk.journey.ending !== null) throw new CommandRefused(`the journey is ending (${desk.journey.ending.kind})`);
  if (pauseOf(desk.journey) !== undefined) throw new CommandRefused('the journey is paused already');
  placeHold(desk, PAUSED, by.id);
  desk.put(heads, { ...(await desk.need(heads, desk.journey.id)), pause: 'asked' });
  await stopMessages(desk, PAUSED);
  await withdrawOffers(desk);
  const owed = (await cyclesOf(desk)).some(isOwed);
  await planMessage(desk, {
    kind: 'pause',
    ...(owed && { variant: 'owed' }),
    to: 'patient',
    person: 'patient',
    sendAt: desk.now,
  });
  desk.follow({ kind: 'keep-deadline', journeyId: desk.journey.id, deadline: 'longest-pause' });
  return cancelWhatHasNotBegun(desk);
};

/** Starts the tasks again that stood by themselves when the pause took them back, under the next epoch of their lines. */
const askAgain = async (desk: Desk, since: string): Promise<void> => {
  const partition = journeyPartition(desk.journey.id);
  const asked = await desk.list(tasks, partition, 'task#');
  for (const line of await desk.list(lines, partition, 'line#')) {
    if (line.ask === undefined || line.line === MAIN) continue;
    const newest = asked
      .filter((task) => task.line === line.line)
      .sort((a, b) => a.repetition - b.repetition)
      .at(-1);
    const taken = newest === undefined || (newest.state === 'superseded' && newest.decidedAt === since);
    if (!taken) continue;
    const epoch = line.epoch + 1;
    desk.remove(lines, line);
    desk.put(lines, { ...line, epoch });
    desk.follow({ kind: 'start-task', journeyId: desk.journey.id, line: line.line, epoch, ask: line.ask });
  }
};

/** What belongs to a task is said when that opens again. */
const wasPaused = ({ state, reason, taskId }: Message): boolean =>
  state === 'cancelled' && reason === PAUSED && taskId === null;

/** Lets a paused journey go on from where it was left; every other hold stays. */
export const resume: CommandAct = async (desk, { by }) => {
  const paused = pauseOf(desk.journey);
  if (paused === undefined) throw new CommandRefused('the journey is not paused');
  if (desk.journey.ending !== null) throw new CommandRefused(`the journey is ending (${desk.journey.ending.kind})`);
  liftHold(desk, PAUSED, by.id);
  await planMessage(desk, { kind: 'resume', to: 'patient', person: 'patient', sendAt: desk.now });
  await askAgain(desk, paused.at);
  await sayAgain(desk, wasPaused);
  for (const deadline of ['longest-pause', 'clearance-renewal'] as const)
    desk.follow({ kind: 'keep-deadline', journeyId: desk.journey.id, deadline });
  return [];
};
