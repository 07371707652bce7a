import { scopeOf } from './context.ts';
import type { FailState } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Line } from './execution.ts';

/** The failure that a Fail state names. */
export const failureOf = (engine: Engine, line: Line, state: FailState): StateError => {
  const scope = scopeOf(engine, line);
  const [error, cause] = [state.error?.(scope), state.cause?.(scope)];
  return new StateError(typeof error === 'string' ? error : undefined, typeof cause === 'string' ? cause : undefined);
};
