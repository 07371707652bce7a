import { aslFindings } from './asl-check.ts';
import { type NamedState, NotADefinition, parseDefinition, statesOf } from './definition.ts';
import { brokenExpressionsOf, expressionsOf } from './expressions.ts';
import type { Finding } from './finding.ts';
import { readExpression } from './jsonata-reading.ts';
import { reservedProblem } from './reserved-fields.ts';
import { allWayFindings, emptyScopeFindings, machineFindings, safetyFindings, stateFindings } from './structure.ts';
import { taskFindings } from './task-rules.ts';
import { variableFindings } from './variables.ts';

/** Everything wrong with the expressions of one state but the order of its variables. */
const expressionFindings = ({ name, state }: NamedState): readonly Finding[] => [
  ...brokenExpressionsOf(state).map((text) => ({
    state: name,
    message: `has text around an expression, which AWS would take as it stands: ${JSON.stringify(text)}`,
  })),
  ...expressionsOf(state).flatMap((expression) => {
    const { problems, reserved } = readExpression(expression.source);
    const misplaced = reserved
      .map((path) => reservedProblem(state, expression, path))
      .filter((one) => one !== undefined);
    return [...problems, ...misplaced].map((problem) => ({ state: name, message: `${expression.field} ${problem}` }));
  }),
];

/** What this project's own rules find; far quicker than asl-validator, which compiles its schemas for every file. */
export const ownFindings = (text: string): readonly Finding[] => {
  try {
    const definition = parseDefinition(text);
    return [
      ...machineFindings(definition),
      ...statesOf(definition).flatMap((named) => [
        ...stateFindings(named),
        ...emptyScopeFindings(named),
        ...safetyFindings(named),
        ...taskFindings(named),
        ...expressionFindings(named),
      ]),
      ...allWayFindings(definition),
      ...variableFindings(definition),
    ];
  } catch (error) {
    if (error instanceof NotADefinition) return [{ message: error.message }];
    throw error;
  }
};

/** Everything that is wrong with one definition: our own findings first, and what asl-validator sees once they are none. */
export const lintWorkflow = (text: string): readonly Finding[] => {
  const own = ownFindings(text);
  return own.length > 0 ? own : aslFindings(text);
};
