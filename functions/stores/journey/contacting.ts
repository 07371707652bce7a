import type { Task } from '../../domain/journey/task.ts';
import { toMs } from '../../domain/time/instants.ts';
import { journeyPartition, tasks } from '../journey-rows.ts';
import { cyclesOf } from './cycles.ts';
import { closeDebt } from './debts.ts';
import { type Desk, setEnding } from './desk.ts';
import { supersedeWhere } from './signals.ts';

/** Nobody reached in so many running contacts ends the journey (rehearsal: Outcomes). */
const CONTACTS = 3;

/** The patient was reached, or not; the third time running that nobody was ends the journey. */
export const contact = async (desk: Desk, reached: boolean): Promise<'go-on' | 'over'> => {
  const unreached = reached ? 0 : desk.journey.unreached + 1;
  desk.keep({ unreached });
  if (unreached < CONTACTS) return 'go-on';
  await endUnreached(desk);
  return 'over';
};

/**
 * A follow-up months after the series, by which the patient was reached or not. These run on whatever forms are answered between
 * them: somebody was to speak with the patient each time, and never did.
 */
export const followUp = async (desk: Desk, task: Task, reached: boolean): Promise<void> => {
  if ((await contact(desk, reached)) === 'over' || reached) return;
  const before = (await desk.list(tasks, journeyPartition(desk.journey.id), 'task#follow-up-contact-'))
    .filter(({ id, state }) => id !== task.id && state === 'decided')
    .toSorted((a, b) => toMs(a.decidedAt ?? a.plannedAt) - toMs(b.decidedAt ?? b.plannedAt));
  const running = before.slice(1 - CONTACTS);
  if (running.length === CONTACTS - 1 && running.every(({ answer }) => answer === 'not-reached'))
    await endUnreached(desk);
};

const endUnreached = async (desk: Desk): Promise<void> => {
  const reason = `nobody reached in ${CONTACTS} running contacts`;
  setEnding(desk, { kind: 'unresponsive', reason, at: desk.now });
  for (const cycle of await cyclesOf(desk)) await closeDebt(desk, cycle, 'waived', 'system', reason);
  await supersedeWhere(desk, 'unresponsive', ({ role }) => role === 'patient', { gates: true });
};
