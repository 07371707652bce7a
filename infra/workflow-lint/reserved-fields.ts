import type { State } from './definition.ts';
import type { Expression } from './expressions.ts';

const RESULT_TYPES = new Set(['Task', 'Parallel', 'Map']);
const CALLBACK = /\.waitForTaskToken$/;

/** Why AWS, or this project, refuses a field of `$states` at that place; undefined where it is fine. */
export const reservedProblem = (
  state: State,
  { field }: Expression,
  [name, ...rest]: readonly string[],
): string | undefined => {
  switch (name) {
    case undefined:
      return 'takes the whole of $states; name the field: input, context, result or errorOutput';
    case 'input':
      return undefined;
    case 'context':
      return rest[0] === 'Task' && !(CALLBACK.test(state.Resource ?? '') && field.startsWith('Arguments'))
        ? 'reads the task token, which only the Arguments of a callback have'
        : undefined;
    case 'result':
      return RESULT_TYPES.has(state.Type) && /^(Output|Assign)\b/.test(field)
        ? undefined
        : 'reads $states.result, which only the Output and Assign of a Task, Parallel or Map have';
    case 'errorOutput':
      return /^Catch\.\d+\.(Output|Assign)\b/.test(field)
        ? undefined
        : 'reads $states.errorOutput, which only the Output and Assign of a Catch have';
    default:
      return `reads $states.${name}, which does not exist`;
  }
};
