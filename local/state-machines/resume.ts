import type { Changes } from './changes.ts';
import type { Block, Machine, State } from './definition.ts';
import type { Engine } from './engine.ts';
import type { Execution, Group, Line, Wait } from './execution.ts';
import type { Interrupted, SavedLine } from './execution-store.ts';
import { armRetry } from './failing.ts';
import { callFunction } from './lambda.ts';
import { beginWait } from './line.ts';
import { awaitChild } from './nested-execution.ts';
import { ROOT } from './save.ts';
import { armHeartbeat, armTimeout, holdToken, type TaskCall, type TaskEnds } from './task.ts';
import { goOnWith } from './task-answers.ts';
import { armWait } from './wait.ts';

/** What a saved execution says does not fit its definition. */
export class NotResumable extends Error {
  override readonly name = 'NotResumable';
}

/** Something that is to happen at an instant; what is due at one instant happens in the order of the waits. */
type Due = { readonly at: number; readonly order: number; readonly arm: () => void };

const stateOf = (block: Block, name: string): State => {
  const state = block.states.get(name);
  if (state === undefined) throw new NotResumable(`A saved execution stands at '${name}', which its definition lacks.`);
  return state;
};

const groupOf = (state: State, saved: NonNullable<SavedLine['group']>): Group => {
  const items = state.type === 'Parallel' ? state.branches : (saved.items ?? []);
  return {
    lines: new Map(),
    outputs: new Array(items.length),
    items,
    keys: saved.keys,
    atOnce: saved.atOnce,
    tolerated: saved.tolerated,
    started: 0,
    ended: 0,
    failed: 0,
  };
};

const memberBlock = (state: State, index: number): Block => {
  const block = state.type === 'Parallel' ? state.branches[index] : state.type === 'Map' ? state.processor : undefined;
  if (block === undefined) throw new NotResumable(`A saved execution has a branch that '${state.name}' lacks.`);
  return block;
};

const lineOf = (execution: Execution, saved: SavedLine, block: Block, parent?: Line, index = 0): Line => ({
  execution,
  parent,
  index,
  within: parent?.group,
  block,
  item: saved.item,
  variables: { own: new Map(saved.variables), outer: parent?.variables },
  next: saved.next,
  state: saved.state === undefined ? undefined : stateOf(block, saved.state),
  input: saved.input,
  enteredId: saved.enteredId,
  enteredAt: saved.enteredAt,
  lastEventId: saved.lastEventId,
  attempts: saved.attempts,
  retries: saved.retries,
  begin: undefined,
  wait: undefined,
  group: undefined,
  ended: false,
  failed: false,
  gone: false,
});

type Placed = { readonly line: Line; readonly saved: SavedLine };

/** Makes an execution's lines out of what was kept, each after the one around it. */
const linesOf = (execution: Execution, { lines }: Interrupted): Placed[] => {
  const placed = new Map<string, Placed>();
  const inOrder = [...lines].map(([place, saved]) => ({
    place,
    saved,
    indexes: place.split('/').slice(1).map(Number),
  }));
  inOrder.sort((a, b) => a.indexes.length - b.indexes.length || (a.indexes.at(-1) ?? 0) - (b.indexes.at(-1) ?? 0));
  for (const { place, saved, indexes } of inOrder) {
    const parent = placed.get(place.slice(0, place.lastIndexOf('/')))?.line;
    const index = indexes.at(-1) ?? 0;
    if (place !== ROOT && parent?.state === undefined)
      throw new NotResumable('A saved execution has a branch without the state around it.');
    const block = parent?.state === undefined ? execution.machine : memberBlock(parent.state, index);
    const line = lineOf(execution, saved, block, parent, index);
    if (saved.group !== undefined && line.state !== undefined) line.group = groupOf(line.state, saved.group);
    const { group } = parent ?? {};
    if (group !== undefined) {
      group.started = Math.max(group.started, index + 1);
      if (saved.over === undefined) group.lines.set(index, line);
      else {
        line.gone = true;
        line.failed = saved.over.failed;
        group.ended += 1;
        if (saved.over.failed) group.failed += 1;
        group.outputs[index] = saved.over.output;
      }
    }
    placed.set(place, { line, saved });
  }
  return [...placed.values()];
};

/** An execution as it stood, without its timers. */
export const executionOf = (
  interrupted: Interrupted,
  machine: Machine,
  { changed: executions, record }: { readonly changed: Set<Execution>; readonly record: boolean | 'types' },
): { execution: Execution; placed: Placed[] } => {
  const { saved, input } = interrupted;
  const { definition, eventCount, told, ...summary } = saved;
  const changes: Changes = { lines: new Set(), emptied: new Set(), executions };
  const execution: Execution = {
    summary: { ...summary, input },
    machine,
    input,
    definition,
    detailed: record === true,
    events: record === false ? undefined : [],
    eventCount,
    told,
    changes,
    isKept: true,
    root: undefined,
    cancelDeadline: undefined,
    waiters: [],
  };
  const placed = linesOf(execution, interrupted);
  execution.root = placed[0]?.line;
  return { execution, placed };
};

type Resuming = {
  readonly engine: Engine;
  readonly ends: TaskEnds;
  readonly executions: ReadonlyMap<string, Execution>;
  readonly resumed: readonly { readonly execution: Execution; readonly placed: readonly Placed[] }[];
  /** Begins an execution that was started and had not begun. */
  readonly begin: (execution: Execution, root: Line) => void;
  readonly deadline: (execution: Execution) => Omit<Due, 'order'>;
};

const resumeTask = (
  { engine, ends, executions }: Resuming,
  line: Line,
  wait: Wait,
  saved: SavedLine['wait'],
): Due[] => {
  const { pending } = wait;
  if (pending.kind !== 'task' || line.state?.type !== 'Task' || saved === undefined) return [];
  const { order } = wait;
  const call: TaskCall = { engine, ends, line, state: line.state, wait };
  const now = engine.clock.millis();
  if (pending.answer !== undefined) {
    const { answer } = pending;
    wait.token = saved.token;
    return [{ at: now, order, arm: () => goOnWith(call, answer) }];
  }
  const due: Due[] = [];
  const { timeoutAt, parameters } = pending;
  const { heartbeat } = saved;
  if (saved.token !== undefined) holdToken(call, saved.token);
  if (timeoutAt !== undefined) due.push({ at: timeoutAt, order, arm: () => armTimeout(call, timeoutAt) });
  if (heartbeat !== undefined)
    due.push({ at: heartbeat.at, order, arm: () => armHeartbeat(call, heartbeat.seconds, heartbeat.at) });
  const child = saved.child === undefined ? undefined : executions.get(saved.child);
  if (child !== undefined) awaitChild(call, child);
  // Its answer was not recorded: as on AWS, the function may have run. What timed out meanwhile is not called again.
  else if (!pending.submitted)
    due.push({
      at: now,
      order,
      arm: () =>
        void engine.clock.at(now, () =>
          ends.act(line, () => {
            if (line.wait === wait) callFunction(call, parameters);
          }),
        ),
    });
  return due;
};

/** Sets again what a line waits for. */
const resumeLine = (resuming: Resuming, { line, saved }: Placed): Due[] => {
  if (line.gone || saved.wait === undefined) return [];
  const { engine, ends } = resuming;
  const { pending, order } = saved.wait;
  const wait = beginWait(engine, line, pending, order);
  if (pending.kind === 'task') return resumeTask(resuming, line, wait, saved.wait);
  const arm = () => (pending.kind === 'wait' ? armWait : armRetry)(engine, line, wait, pending.at, ends);
  return [{ at: pending.at, order, arm }];
};

/** Takes up executions where they stood: what fell due meanwhile happens at once, in the order in which it was due. */
export const resume = (resuming: Resuming): void => {
  const { engine, resumed, begin, deadline } = resuming;
  const due = resumed.flatMap(({ placed }) => placed.flatMap((one) => resumeLine(resuming, one)));
  for (const { execution } of resumed) {
    const { root } = execution;
    if (root === undefined) throw new NotResumable('A saved execution runs and has no line.');
    if (root.next === undefined) due.push({ ...deadline(execution), order: Number.POSITIVE_INFINITY });
    else due.push({ at: engine.clock.millis(), order: Number.POSITIVE_INFINITY, arm: () => begin(execution, root) });
  }
  for (const { arm } of due.sort((a, b) => a.at - b.at || (a.order === b.order ? 0 : a.order - b.order))) arm();
  // All of this stands in the store already.
  for (const { execution } of resumed) {
    execution.changes?.lines.clear();
    execution.changes?.executions.delete(execution);
  }
};
