import { touch } from './changes.ts';
import type { Block } from './definition.ts';
import type { Engine } from './engine.ts';
import type { Execution, Line, Pending, Wait } from './execution.ts';

type NewLine = {
  readonly execution: Execution;
  readonly block: Block;
  readonly input: unknown;
  readonly parent?: Line;
  readonly index?: number;
  readonly item?: Line['item'];
};

/** A line at the start of its block; its variables are its own, and it reads its parent's. */
export const newLine = ({ execution, block, input, parent, index = 0, item }: NewLine): Line => ({
  execution,
  parent,
  index,
  within: parent?.group,
  block,
  item,
  variables: { own: new Map(), outer: parent?.variables },
  next: block.startAt,
  state: undefined,
  input,
  enteredId: 0,
  enteredAt: '',
  lastEventId: parent?.lastEventId ?? 0,
  attempts: [],
  retries: 0,
  begin: undefined,
  wait: undefined,
  group: undefined,
  ended: false,
  failed: false,
  gone: false,
});

/** Makes a line wait: what ends the wait must hold this very object. */
export const beginWait = (engine: Engine, line: Line, pending: Pending, order = ++engine.waits.count): Wait => {
  const wait: Wait = { pending, order, cancels: [], token: undefined, heartbeat: undefined, child: undefined };
  line.wait = wait;
  touch(line);
  return wait;
};

/** Ends a line's wait, with its timers and its token. */
export const endWait = (engine: Engine, line: Line): void => {
  const { wait } = line;
  if (wait === undefined) return;
  line.wait = undefined;
  touch(line);
  for (const cancel of wait.cancels) cancel();
  wait.heartbeat?.cancel();
  if (wait.token !== undefined) engine.tokens.release(wait.token);
};
