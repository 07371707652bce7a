import type { Cycle } from '../../domain/journey/cycle.ts';
import { askIdOf, isAskedFor } from '../../domain/tasks/ask.ts';
import { cycles, journeyPartition, messages, safetyEvents, tasks } from '../journey-rows.ts';
import { cancelStanding } from './appointment-acts.ts';
import { cyclesOf } from './cycles.ts';
import { closeDebt } from './debts.ts';
import { type Desk, setEnding } from './desk.ts';
import { cancelMessage } from './ledger.ts';
import { withdrawOffers } from './offers.ts';
import { closeUndecided, holdsSeries } from './safety.ts';
import { isWaitedFor, postSignal, supersede } from './signals.ts';

/** What nobody has begun to care for needs no decision any more; what was paged still has to be acknowledged. */
const closeUnpaged = async (desk: Desk): Promise<void> => {
  for (const event of await desk.list(safetyEvents, journeyPartition(desk.journey.id), 'safety#'))
    if (event.closedAt === null && !holdsSeries(desk, event)) closeUndecided(desk, event);
};

/** A dose that was going on has ended with this; nobody will record another end. */
const breakOff = (desk: Desk, cycle: Cycle): Cycle => {
  if (cycle.startedAt === null || cycle.endedAt !== null) return cycle;
  const broken: Cycle = { ...cycle, endedAt: desk.now, result: 'aborted' };
  desk.put(cycles, broken);
  const { route } = desk.program.dosing;
  desk.note(cycle.journeyId, { kind: 'dose', cycle: cycle.number, event: 'aborted', route });
  return broken;
};

/**
 * A patient has died: no word goes to them or their chaperone any more, what was owed is closed, and nothing is asked
 * but that somebody acknowledges it and that it is reported to all who have to know. Death comes before any other ending.
 */
export const setEndingByDeath = async (desk: Desk): Promise<string[]> => {
  const partition = journeyPartition(desk.journey.id);
  desk.keep({ ending: null });
  setEnding(desk, { kind: 'died', reason: 'death was reported', at: desk.now });
  for (const message of await desk.list(messages, partition, 'message#'))
    if (message.to === 'patient' || message.to === 'chaperone') cancelMessage(desk, message, 'died');
  await withdrawOffers(desk);
  for (const cycle of await cyclesOf(desk))
    await closeDebt(desk, breakOff(desk, cycle), 'waived', 'system', 'the patient died');
  const gone = await cancelStanding(desk);
  for (const cycle of await cyclesOf(desk))
    if (cycle.startedAt === null)
      desk.put(cycles, { ...cycle, dosingAppointmentId: null, integrationAppointmentId: null });
  await closeUnpaged(desk);
  const taken = (await desk.list(tasks, partition, 'task#')).filter(
    (task) => isWaitedFor(task) && !isAskedFor(task.ask, desk.journey),
  );
  for (const task of taken) await supersede(desk, task);
  await postSignal(desk, { cause: 'died', taskIds: taken.map(askIdOf), gates: true });
  return gone;
};
