import type { Engine } from './engine.ts';
import type { Execution, Group, Line } from './execution.ts';
import type { ExecutionStore, SavedChange, SavedLine } from './execution-store.ts';

/** The place of an execution's own line; those of its branches and iterations follow after a slash each. */
export const ROOT = 'r';

const placeOf = (line: Line): string => (line.parent === undefined ? ROOT : `${placeOf(line.parent)}/${line.index}`);

/** Whether a line still counts: all around it runs, and it belongs to the group that its parent has now. */
const counts = (line: Line): boolean =>
  line.parent === undefined
    ? !line.gone
    : line.within !== undefined && line.parent.group === line.within && counts(line.parent);

const savedGroup = (line: Line, { items, keys, atOnce, tolerated }: Group): NonNullable<SavedLine['group']> => ({
  ...(line.state?.type === 'Map' ? { items, keys } : {}),
  atOnce,
  tolerated,
});

const savedWait = ({ wait }: Line): Pick<SavedLine, 'wait'> => {
  if (wait === undefined) return {};
  const { pending, order, token, heartbeat, child } = wait;
  return {
    wait: {
      pending,
      order,
      token,
      ...(heartbeat === undefined ? {} : { heartbeat: { seconds: heartbeat.seconds, at: heartbeat.at } }),
      child: child?.summary.executionArn,
    },
  };
};

const savedLine = (line: Line): SavedLine => {
  const { item, input, enteredId, enteredAt, lastEventId, attempts, retries, variables, next, state, group } = line;
  return {
    item,
    input,
    enteredId,
    enteredAt,
    lastEventId,
    attempts,
    retries,
    variables: [...variables.own],
    next,
    state: state?.name,
    ...savedWait(line),
    ...(group === undefined ? {} : { group: savedGroup(line, group) }),
    ...(line.gone ? { over: { failed: line.failed, output: line.within?.outputs[line.index] } } : {}),
  };
};

const summaryOf = ({ summary, definition, eventCount, told }: Execution) => {
  const { input: _, events: __, ...kept } = summary;
  return { ...kept, definition, eventCount, told };
};

/** All that changed since it was last asked, ready to be written; undefined if nothing did. */
const collect = (engine: Engine, changed: Set<Execution>): SavedChange | undefined => {
  if (changed.size === 0) return undefined;
  const emptied: { arn: string; place: string }[] = [];
  const lines: { arn: string; place: string; line: SavedLine }[] = [];
  for (const { summary, root, changes } of changed) {
    const arn = summary.executionArn;
    if (root === undefined) {
      emptied.push({ arn, place: '' });
      continue;
    }
    for (const line of changes?.emptied ?? []) if (counts(line)) emptied.push({ arn, place: placeOf(line) });
    for (const line of changes?.lines ?? [])
      if (counts(line)) lines.push({ arn, place: placeOf(line), line: savedLine(line) });
  }
  return {
    now: engine.clock.millis(),
    tokens: engine.tokens.issued(),
    executions: [...changed].map((execution) => ({
      saved: summaryOf(execution),
      input: execution.input,
      isNew: !execution.isKept,
    })),
    events: [...changed].map(({ summary, events = [] }) => ({ arn: summary.executionArn, events })),
    emptied,
    lines,
  };
};

/** Writes what changed. If that fails nothing is forgotten: the next time writes it too. */
export const saver = (store: ExecutionStore, changed: Set<Execution>) => (engine: Engine) => {
  const change = collect(engine, changed);
  if (change === undefined) return;
  store.save(change);
  for (const execution of changed) {
    execution.isKept = true;
    if (execution.events !== undefined) execution.events.length = 0;
    execution.changes?.lines.clear();
    execution.changes?.emptied.clear();
  }
  changed.clear();
};
