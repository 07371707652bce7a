import { touchMembers } from './changes.ts';
import { scopeOf } from './context.ts';
import type { MapState, ParallelState } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Group, Line } from './execution.ts';
import { checkSize, completeState } from './flow.ts';
import { recordEvent } from './history.ts';
import { limits } from './limits.ts';
import { newLine } from './line.ts';
import { itemsOf, toleratedOf } from './map-items.ts';

type More = { readonly keys?: readonly string[] | undefined; readonly tolerated?: number | undefined };

const newGroup = (items: readonly unknown[], atOnce: number, { keys, tolerated }: More = {}): Group => ({
  lines: new Map(),
  outputs: new Array(items.length),
  items,
  keys,
  atOnce,
  tolerated,
  started: 0,
  ended: 0,
  failed: 0,
});

/** Starts the branches of a Parallel, each on the same input. */
export const startParallel = (engine: Engine, line: Line, state: ParallelState): void => {
  const input = state.arguments === undefined ? line.input : state.arguments(scopeOf(engine, line));
  checkSize(input, state.name);
  recordEvent(engine.clock, line, 'ParallelStateStarted');
  const group = newGroup(state.branches, state.branches.length);
  line.group = group;
  for (const [index, block] of state.branches.entries()) {
    const branch = newLine({ execution: line.execution, block, input, parent: line, index });
    group.lines.set(index, branch);
    group.started += 1;
    engine.ready.push(branch);
  }
};

/** Starts the iterations of a Map. */
export const startMap = (engine: Engine, line: Line, state: MapState): void => {
  const { values, keys } = itemsOf(engine, line, state);
  const wanted = state.maxConcurrency?.(scopeOf(engine, line)) ?? 0;
  const atOnce = wanted === 0 ? limits.iterationsAtOnce : Math.min(wanted, limits.iterationsAtOnce);
  const tolerated = toleratedOf(engine, line, state, values.length);
  recordEvent(engine.clock, line, 'MapStateStarted', () => ({ length: values.length }));
  line.group = newGroup(values, atOnce, { keys, tolerated });
  if (values.length === 0) endGroup(engine, line, line.group);
  else startIterations(engine, line, state, line.group);
};

/** Recorded: an iteration follows on the Map's start, one that had to wait on the last event inside the one that made room. */
const startIterations = (engine: Engine, line: Line, state: MapState, group: Group, after = line.lastEventId): void => {
  while (group.started < group.items.length && group.lines.size < group.atOnce) {
    const index = group.started;
    const key = group.keys?.[index];
    const item = { Index: index, Value: group.items[index], ...(key === undefined ? {} : { Key: key }) };
    const input = state.itemSelector === undefined ? item.Value : state.itemSelector(scopeOf(engine, line, { item }));
    group.started += 1;
    const iteration = newLine({ execution: line.execution, block: state.processor, input, parent: line, index, item });
    iteration.lastEventId = after;
    group.lines.set(index, iteration);
    recordEvent(engine.clock, iteration, 'MapIterationStarted', () => ({ index, name: state.name }));
    engine.ready.push(iteration);
  }
};

const endGroup = (engine: Engine, line: Line, group: Group): void => {
  const { state } = line;
  if (state === undefined) return;
  line.group = undefined;
  touchMembers(line);
  // Measured on AWS: what follows is chained to the last event inside, past the word that all succeeded.
  recordEvent(
    engine.clock,
    line,
    state.type === 'Map' ? 'MapStateSucceeded' : 'ParallelStateSucceeded',
    undefined,
    true,
  );
  completeState(engine, line, state, group.outputs);
};

const goOn = (engine: Engine, line: Line, group: Group, member: Line, inside: number): void => {
  group.lines.delete(member.index);
  group.ended += 1;
  if (group.ended === group.items.length) {
    line.lastEventId = member.lastEventId;
    endGroup(engine, line, group);
    if (line.next !== undefined || line.ended) engine.ready.push(line);
  } else if (line.state?.type === 'Map') startIterations(engine, line, line.state, group, inside);
};

/** Takes up the output of a branch or an iteration that ended. */
export const memberEnded = (engine: Engine, line: Line, member: Line): void => {
  const { group } = line;
  if (group === undefined) return;
  const { index, lastEventId: inside } = member;
  group.outputs[index] = member.input;
  if (line.state?.type === 'Map')
    recordEvent(engine.clock, member, 'MapIterationSucceeded', () => ({ index, name: line.state?.name }));
  goOn(engine, line, group, member, inside);
};

/**
 * Takes up the failure of a branch or an iteration: what fails the group with it, or undefined if it is tolerated.
 * Recorded: a task whose failure ends its line is recorded as aborted too, and what follows passes that by.
 */
export const memberFailed = (
  engine: Engine,
  line: Line,
  member: Line,
  failure: StateError,
  ranTask: boolean,
): StateError | undefined => {
  const { group, state } = line;
  if (group === undefined || state === undefined) return failure;
  const { index } = member;
  if (state.type === 'Map')
    recordEvent(engine.clock, member, 'MapIterationFailed', () => ({ index, name: state.name }), true);
  if (ranTask) recordEvent(engine.clock, member, 'TaskStateAborted', undefined, true);
  if (group.tolerated === undefined) {
    line.lastEventId = member.lastEventId;
    return failure;
  }
  member.failed = true;
  group.failed += 1;
  if (group.failed > group.tolerated) {
    line.lastEventId = member.lastEventId;
    return new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  }
  group.outputs[index] = { Error: failure.error ?? '', Cause: failure.reason ?? '' };
  goOn(engine, line, group, member, member.lastEventId);
  return undefined;
};
