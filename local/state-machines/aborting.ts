import { touchMembers } from './changes.ts';
import type { Engine } from './engine.ts';
import type { Line } from './execution.ts';
import { abortedEvent } from './flow.ts';
import { recordEvent } from './history.ts';
import { endWait } from './line.ts';
import { stopChild } from './nested-execution.ts';

/** Recorded: from outside inwards, an iteration before its state, and all of it follows on what brought it about. */
const recordAborted = (engine: Engine, line: Line, after: number) => {
  line.lastEventId = after;
  const { parent, index } = line;
  if (parent?.state?.type === 'Map') {
    const { name } = parent.state;
    recordEvent(engine.clock, line, 'MapIterationAborted', () => ({ index, name }), true);
  }
  const event = line.state === undefined ? undefined : abortedEvent(line.state);
  if (event !== undefined) recordEvent(engine.clock, line, event, undefined, true);
};

/**
 * Gives up a line with all that runs inside it; what it waits for finds nobody. AWS stops a child that `.sync` waits for.
 * With the event that it follows on, that is recorded.
 */
export const abortLine = (engine: Engine, line: Line, after?: number): void => {
  if (after !== undefined) recordAborted(engine, line, after);
  abortMembers(engine, line, after);
  if (line.wait !== undefined) stopChild(engine, line.wait);
  endWait(engine, line);
  line.next = undefined;
  line.gone = true;
  line.state = undefined;
};

/** Gives up the branches or iterations of a line that still run. */
export const abortMembers = (engine: Engine, line: Line, after?: number): void => {
  const { group } = line;
  line.group = undefined;
  if (group === undefined) return;
  touchMembers(line);
  for (const member of group.lines.values()) if (!member.gone) abortLine(engine, member, after);
};
