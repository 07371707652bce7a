import type { StateError } from './errors.ts';

/** AWS: neither `States.ALL` nor `States.TaskFailed` stands for these. */
const terminal = ['States.Runtime', 'States.DataLimitExceeded'];

/** Whether a retrier's or a catcher's names take up an error. */
export const matches = (names: readonly string[], { error, alias }: StateError): boolean => {
  if (alias !== undefined && names.includes(alias)) return true;
  if (error !== undefined && names.includes(error)) return error !== 'States.Runtime';
  if (error !== undefined && terminal.includes(error)) return false;
  if (names.includes('States.ALL')) return true;
  // AWS: "a wildcard that matches any known error name except for States.Timeout".
  return names.includes('States.TaskFailed') && error !== 'States.Timeout';
};
