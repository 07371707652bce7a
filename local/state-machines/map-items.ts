import { scopeOf } from './context.ts';
import type { MapState } from './definition.ts';
import type { Engine } from './engine.ts';
import { EvaluationError } from './errors.ts';
import type { Line } from './execution.ts';
import { wrongType } from './expression.ts';
import { isObject } from './plain-json.ts';

/** What a Map iterates over; an object's values go with their keys. */
export const itemsOf = (
  engine: Engine,
  line: Line,
  state: MapState,
): { values: readonly unknown[]; keys?: readonly string[] } => {
  const items = state.items === undefined ? line.input : state.items(scopeOf(engine, line));
  if (Array.isArray(items)) return { values: items };
  if (state.itemsExpression !== undefined) throw wrongType(state.itemsExpression, 'Items', 'array', items);
  // AWS's newer texts let a literal object be iterated; the recordings that refuse objects are of expressions and of inputs.
  if (state.items !== undefined && isObject(items)) return { values: Object.values(items), keys: Object.keys(items) };
  throw new EvaluationError(`Map state input must be an array but was: ${JSON.stringify(items)}`, 'Items');
};

/** How many iterations of a Map may fail; undefined when the first failure fails it. */
export const toleratedOf = (engine: Engine, line: Line, state: MapState, count: number): number | undefined => {
  const scope = scopeOf(engine, line);
  const most = state.toleratedCount?.(scope);
  const percentage = state.toleratedPercentage?.(scope);
  if (most === undefined && percentage === undefined) return undefined;
  return Math.min(most ?? count, percentage === undefined ? count : Math.floor((percentage / 100) * count));
};
