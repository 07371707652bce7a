import type { Message } from '../../domain/journey/message.ts';
import type { Task } from '../../domain/journey/task.ts';
import { journeyPartition, tasks } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

const ofPatient = ({ state, holder }: Task): boolean => state === 'open' && holder === 'patient';

/** What names an old question only so that a practice knows which patient is meant. */
const onlyTells = ({ kind, variant }: Message): boolean => kind === 'partner-withdrawn' || variant === 'transfer';

/** Whether a message asks for an answer that was given, or is no longer needed; a request for forms may speak of several. */
export const asksForNothing = async (desk: Desk, message: Message): Promise<boolean> => {
  if (onlyTells(message)) return false;
  const { kind, journeyId, taskId } = message;
  const task = taskId === null ? undefined : await desk.get(tasks, { journeyId, id: taskId });
  if (task === undefined || task.state === 'planned' || task.state === 'open') return false;
  return kind !== 'form-request' || !(await desk.list(tasks, journeyPartition(journeyId), 'task#')).some(ofPatient);
};
