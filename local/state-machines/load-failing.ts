import type { Catcher, Retrier } from './definition.ts';
import { arrayAt, loadEffects, objectAt, refuse, type Source, textAt } from './load-fields.ts';

/** The errors that AWS itself gives: any other name that starts with `States.` is refused. */
const errorNames = [
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
];

const loadErrorEquals = (value: unknown, location: string, isLast: boolean): string[] => {
  const names = arrayAt(value, location).map((name, index) => textAt(name, `${location}[${index}]`));
  if (names.length === 0) refuse('ErrorEquals must not be empty', location);
  for (const name of names)
    if (name.startsWith('States.') && !errorNames.includes(name)) refuse(`Unknown error name: '${name}'`, location);
  if (names.includes('States.ALL') && (names.length > 1 || !isLast))
    refuse("'States.ALL' must appear alone and in the last position", location);
  return names;
};

const eachOf = <T>(source: Source, key: string, load: (entry: Source, isLast: boolean) => T): T[] => {
  const value = source.object[key];
  if (value === undefined) return [];
  const location = `${source.location}/${key}`;
  const entries = arrayAt(value, location);
  return entries.map((entry, index) => {
    const at = `${location}[${index}]`;
    return load({ object: objectAt(entry, at), location: at, field: `${key}[${index}]` }, index === entries.length - 1);
  });
};

const refuseUnknown = (source: Source, known: readonly string[]) => {
  for (const key of Object.keys(source.object))
    if (!known.includes(key)) refuse(`Field '${key}' is not supported`, source.location);
};

const numberOf = (source: Source, key: string, otherwise: number, from: number, to: number, whole = true): number => {
  const value = source.object[key];
  if (value === undefined) return otherwise;
  if (typeof value !== 'number' || value < from || value > to || (whole && !Number.isInteger(value)))
    return refuse(`Expected a number from ${from} to ${to}`, `${source.location}/${key}`);
  return value;
};

const retrierFields = [
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
  'Comment',
];

const loadRetrier = (source: Source, isLast: boolean): Retrier => {
  refuseUnknown(source, retrierFields);
  const jitter = source.object.JitterStrategy ?? 'NONE';
  if (jitter !== 'NONE' && jitter !== 'FULL')
    refuse("Expected one of the values: 'FULL', 'NONE'", `${source.location}/JitterStrategy`);
  const intervalSeconds = numberOf(source, 'IntervalSeconds', 1, 1, 99_999_999);
  const hasMost = source.object.MaxDelaySeconds !== undefined;
  const maxDelaySeconds = hasMost ? numberOf(source, 'MaxDelaySeconds', 0, 1, 31_622_400) : undefined;
  if (maxDelaySeconds !== undefined && maxDelaySeconds < intervalSeconds)
    refuse('MaxDelaySeconds must be greater than IntervalSeconds', `${source.location}/MaxDelaySeconds`);
  return {
    errorEquals: loadErrorEquals(source.object.ErrorEquals, `${source.location}/ErrorEquals`, isLast),
    intervalSeconds,
    maxAttempts: numberOf(source, 'MaxAttempts', 3, 0, 99_999_999),
    backoffRate: numberOf(source, 'BackoffRate', 2, 1, Number.MAX_VALUE, false),
    maxDelaySeconds,
    jitter: jitter === 'FULL',
  };
};

const catcherFields = ['ErrorEquals', 'Next', 'Output', 'Assign', 'Comment'];

const loadCatcher = (source: Source, isLast: boolean): Catcher => {
  refuseUnknown(source, catcherFields);
  return {
    errorEquals: loadErrorEquals(source.object.ErrorEquals, `${source.location}/ErrorEquals`, isLast),
    next: textAt(source.object.Next, `${source.location}/Next`),
    ...loadEffects(source, { errorOutput: true }),
  };
};

/** `Retry` and `Catch` of a state. */
export const loadFailing = (source: Source): { retriers: Retrier[]; catchers: Catcher[] } => ({
  retriers: eachOf(source, 'Retry', loadRetrier),
  catchers: eachOf(source, 'Catch', loadCatcher),
});
