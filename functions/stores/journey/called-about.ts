import type { Task } from '../../domain/journey/task.ts';
import { tasks } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

/** The patient's task that a call is about, if it still waits for the call; the call names it and how often it was made. */
export const calledAbout = async (desk: Desk, call: Task): Promise<Task | undefined> => {
  const id = call.ask.about?.replace(/-\d+$/, '');
  const task = id === undefined ? undefined : await desk.get(tasks, { journeyId: desk.journey.id, id });
  return task?.callTaskId === call.id && task.state === 'expired' ? task : undefined;
};
