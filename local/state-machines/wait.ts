import { scopeOf } from './context.ts';
import type { WaitState } from './definition.ts';
import type { Engine } from './engine.ts';
import { EvaluationError } from './errors.ts';
import type { Line } from './execution.ts';
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

/** Makes a line wait, or go on at once when the instant has come. */
export const startWait = (engine: Engine, line: Line, state: WaitState, ends: TaskEnds): void => {
  const until = waitUntil(engine, line, state);
  if (until <= engine.clock.millis()) {
    ends.succeed(line, line.input);
    return;
  }
  const wait = beginWait(line);
  const go = () =>
    ends.act(line, () => {
      if (line.wait !== wait) return;
      line.wait = undefined;
      ends.succeed(line, line.input);
    });
  wait.cancels.push(engine.clock.at(until, go));
};
