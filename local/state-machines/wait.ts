import { scopeOf } from './context.ts';
import type { WaitState } from './definition.ts';
import type { Engine } from './engine.ts';
import { EvaluationError } from './errors.ts';
import type { Line, Wait } from './execution.ts';
import { beginWait } from './line.ts';
import type { TaskEnds } from './task.ts';
import { parseTimestamp } from './timestamp.ts';

/** The instant at which a Wait ends. */
const waitUntil = (engine: Engine, line: Line, state: WaitState): number => {
  const scope = scopeOf(engine, line);
  if (state.seconds !== undefined) return engine.clock.millis() + state.seconds(scope) * 1000;
  const text = String(state.timestamp?.(scope));
  const at = parseTimestamp(text);
  if (at === undefined)
    throw new EvaluationError(
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
      'Timestamp',
    );
  return at;
};

/** Sets the timer of a line that waits. */
export const armWait = (engine: Engine, line: Line, wait: Wait, at: number, ends: TaskEnds): void => {
  const go = () =>
    ends.act(line, () => {
      if (line.wait !== wait) return;
      line.wait = undefined;
      ends.succeed(line, line.input);
    });
  wait.cancels.push(engine.clock.at(at, go));
};

/** Makes a line wait, or go on at once when the instant has come. */
export const startWait = (engine: Engine, line: Line, state: WaitState, ends: TaskEnds): void => {
  const at = waitUntil(engine, line, state);
  if (at <= engine.clock.millis()) ends.succeed(line, line.input);
  else armWait(engine, line, beginWait(engine, line, { kind: 'wait', at }), at, ends);
};
