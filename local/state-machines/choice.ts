import { scopeOf } from './context.ts';
import type { ChoiceState } from './definition.ts';
import type { Engine } from './engine.ts';
import { StateError } from './errors.ts';
import type { Line } from './execution.ts';
import { evaluateExpression, wrongType } from './expression.ts';
import { leaveState } from './flow.ts';

/** Goes on at the first rule whose condition holds, with that rule's Output and Assign; the state's own are the default's. */
export const runChoice = (engine: Engine, line: Line, state: ChoiceState): void => {
  const scope = scopeOf(engine, line);
  for (const rule of state.rules) {
    const { condition, field } = rule;
    const holds = typeof condition === 'boolean' ? condition : evaluateExpression(condition, scope, field);
    if (typeof holds !== 'boolean' && typeof condition !== 'boolean')
      throw wrongType(condition, field, 'boolean', holds);
    if (holds === true) {
      leaveState(engine, line, rule, scope, line.input, rule.next);
      return;
    }
  }
  // Measured on AWS: this, and not the States.NoChoiceMatched of the documentation.
  if (state.next === undefined)
    throw new StateError(
      'States.Runtime',
      'Failed to transition out of the state. The state does not point to a next state.',
    );
  leaveState(engine, line, state, scope, line.input, state.next);
};
