import type { WaitState } from './definition.ts';
import { numberField, refuse, type Source, stringField } from './load-fields.ts';
import { expressionText } from './template.ts';
import { parseTimestamp } from './timestamp.ts';

/** How long a Wait waits. */
export const loadWait = (source: Source): Pick<WaitState, 'seconds' | 'timestamp'> => {
  const { Seconds: seconds, Timestamp: timestamp } = source.object;
  if ((seconds === undefined) === (timestamp === undefined))
    refuse('Exactly one of these fields is required: [Seconds, Timestamp]', source.location);
  if (
    typeof timestamp === 'string' &&
    expressionText(timestamp) === undefined &&
    parseTimestamp(timestamp) === undefined
  )
    refuse('Timestamp is not in RFC 3339 format', `${source.location}/Timestamp`);
  return {
    seconds: numberField(source, 'Seconds', { from: 0, to: 99_999_999 }),
    timestamp: stringField(source, 'Timestamp'),
  };
};
