import { type Cycle, isOwed } from '../../domain/journey/cycle.ts';
import type { Ask, Task } from '../../domain/journey/task.ts';
import { journeyPartition, lines } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { supersedeWhere } from './signals.ts';

const isForIntegration = ({ kind, about }: Pick<Ask, 'kind' | 'about'>, cycle: number | undefined, of: Ask): boolean =>
  kind === 'book-appointment' && about === 'integration' && of.cycle === cycle;

/**
 * The integration of a begun dose is gone: another is to be booked at once. Once the patient has left, whoever sees the integration
 * through asks for it; until then it is asked for apart, under the name of the one that was lost.
 */
export const askForAnother = async (desk: Desk, cycle: Cycle, lost: string): Promise<void> => {
  if (cycle.startedAt === null || cycle.dischargedAt !== null || !isOwed(cycle)) return;
  const ask: Ask = { kind: 'book-appointment', about: 'integration', cycle: cycle.number, appointment: lost };
  await startDetached(desk, ask);
};

/** Whether somebody has been asked to book the integration that is missing. */
export const isAnotherAskedFor = async (desk: Desk, cycle: number): Promise<boolean> =>
  (await desk.list(lines, journeyPartition(desk.journey.id), 'line#book-appointment-')).some(
    ({ ask }) => ask !== undefined && isForIntegration(ask, cycle, ask),
  );

/** Whoever sees the integration through asks for it now; what was asked apart is theirs. */
export const takeOver = async (desk: Desk, ask: Ask, line: string): Promise<void> => {
  if (!isForIntegration(ask, ask.cycle, ask) || ask.appointment !== undefined) return;
  const apart = (task: Task): boolean => isForIntegration(task.ask, ask.cycle, task.ask) && task.line !== line;
  await supersedeWhere(desk, 'taken-over', apart);
};
