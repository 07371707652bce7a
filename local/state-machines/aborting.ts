import { touchMembers } from './changes.ts';
import type { Engine } from './engine.ts';
import type { Line } from './execution.ts';
import { abortedEvent } from './flow.ts';
import { recordEvent } from './history.ts';
import { endWait } from './line.ts';
import { stopChild } from './nested-execution.ts';

/** Gives up a line with all that runs inside it; what it waits for finds nobody. AWS stops a child that `.sync` waits for. */
export const abortLine = (engine: Engine, line: Line, record: boolean): void => {
  abortMembers(engine, line, record);
  if (line.wait !== undefined) stopChild(engine, line.wait);
  endWait(engine, line);
  const event = line.state === undefined ? undefined : abortedEvent(line.state);
  if (record && event !== undefined) recordEvent(engine.clock, line, event);
  if (record && line.parent?.state?.type === 'Map')
    recordEvent(engine.clock, line, 'MapIterationAborted', () => ({
      index: line.index,
      name: line.parent?.state?.name,
    }));
  line.next = undefined;
  line.gone = true;
  line.state = undefined;
};

/** Gives up the branches or iterations of a line that still run. */
export const abortMembers = (engine: Engine, line: Line, record: boolean, except?: Line): void => {
  const { group } = line;
  line.group = undefined;
  if (group === undefined) return;
  touchMembers(line);
  for (const member of group.lines.values()) if (member !== except && !member.gone) abortLine(engine, member, record);
};
