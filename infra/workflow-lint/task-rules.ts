import type { NamedState } from './definition.ts';
import { expressionsOf } from './expressions.ts';
import type { Finding } from './finding.ts';
import { taskOf } from './tasks.ts';

const has = (value: unknown, field: string) =>
  typeof value === 'object' && value !== null && Reflect.get(value, field) !== undefined;

/** A callback owns a deadline and hands out its token; a nested machine owns its own deadline and has a given name. */
export const taskFindings = ({ name, state }: NamedState): readonly Finding[] => {
  if (state.Type !== 'Task') return [];
  const task = taskOf(state);
  if ('problem' in task) return [{ state: name, message: task.problem }];
  const timeout = state.TimeoutSeconds;
  const passesToken = expressionsOf(state).some(
    ({ field, source }) => field.startsWith('Arguments.Payload') && source.includes('$states.context.Task.Token'),
  );
  const rules: readonly [boolean, string][] =
    task.kind === 'callback'
      ? [
          [timeout !== undefined && timeout !== 0, 'waits without TimeoutSeconds: no wait lasts for ever'],
          [passesToken, 'does not pass $states.context.Task.Token in its Payload: nobody could end the wait'],
        ]
      : task.kind === 'machine'
        ? [
            [timeout === undefined, 'has TimeoutSeconds around a nested machine, which owns its deadline'],
            [has(state.Arguments, 'Name'), 'starts a machine without a Name: a repetition would start a second one'],
            [has(state.Arguments, 'Input'), 'starts a machine without an Input'],
          ]
        : [];
  return rules.filter(([holds]) => !holds).map(([, message]) => ({ state: name, message }));
};
