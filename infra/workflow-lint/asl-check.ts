import aslValidator from 'asl-validator';
import type { Finding } from './finding.ts';

// asl-validator's pattern has no dot-all: it refuses `{% %}` over several lines, which AWS takes.
const onOneLine = (value: unknown): unknown => {
  if (typeof value === 'string') return value.startsWith('{%') ? value.replace(/\s+/g, ' ') : value;
  if (Array.isArray(value)) return value.map(onOneLine);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, onOneLine(inner)]));
};

/** What asl-validator refuses; it adds fields to what it reads, so it gets a copy. */
export const aslFindings = (text: string): readonly Finding[] => {
  const copy: unknown = onOneLine(JSON.parse(text));
  const { isValid, errors } = aslValidator(copy);
  return isValid
    ? []
    : errors.map(({ Message, message, instancePath }) => ({
        message: `asl-validator: ${instancePath ?? ''} ${Message ?? message}`,
      }));
};
