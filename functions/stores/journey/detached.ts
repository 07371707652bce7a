import type { Ask } from '../../domain/journey/task.ts';
import { subjectOf } from '../../domain/tasks/ask.ts';
import { journeyPartition, lines } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

/** The line of execution of a task that stands by itself; its name is the ask's, so asking twice is one task. */
export const detachedLine = (ask: Ask): string => `${ask.kind}-${subjectOf(ask, ask.appointment ?? null)}`;

/** Asks the outbox to start a task that outlasts the step that it follows from; one that was started, under whatever epoch by now, is not started again. */
export const startDetached = async (desk: Desk, ask: Ask): Promise<void> => {
  const line = detachedLine(ask);
  const journeyId = desk.journey.id;
  const known = await desk.list(lines, journeyPartition(journeyId), `line#${line}#`);
  if (known.length > 0) return;
  desk.put(lines, { journeyId, line, epoch: 1, ask });
  desk.follow({ kind: 'start-task', journeyId, line, epoch: 1, ask });
};
