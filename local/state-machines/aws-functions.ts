import { createHash } from 'node:crypto';
import { ExpressionStopped, holdCharacters } from './expression-bounds.ts';
import { javaRandom } from './java-random.ts';
import { type JsonataExpression, surroundings } from './jsonata-engine.ts';
import { limits } from './limits.ts';

/** An error of one of AWS's own functions. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

const algorithms: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const partition = (values: unknown[] | undefined, size: number | undefined): unknown => {
  if (values === undefined || size === undefined) return undefined;
  const whole = Math.trunc(size);
  if (whole < 1) throw new FunctionError('The second argument of $partition must be a positive number.');
  const parts: unknown[][] = [];
  for (let from = 0; from < values.length; from += whole) parts.push(values.slice(from, from + whole));
  return parts;
};

const range = (first?: number, last?: number, step?: number): unknown => {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  // Measured on AWS: the arguments are truncated toward zero, and there is no cap of 1,000 items.
  const [from, to, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
  if (by === 0) throw new FunctionError('The third argument of $range must not be zero.');
  const count = Math.floor((to - from) / by) + 1;
  if (count > limits.expressionItems) throw new ExpressionStopped('memory');
  const items: number[] = [];
  for (let index = 0; index < count; index += 1) items.push(from + index * by);
  // Recorded on AWS: $range(1,9,9) is 1, not [1].
  return items.length === 1 ? items[0] : items.length === 0 ? undefined : items;
};

const hash = (text: unknown, algorithm = 'SHA-256'): unknown => {
  if (text === undefined) return undefined;
  const name = algorithms[algorithm];
  if (name === undefined) throw new FunctionError(`$hash does not know the algorithm ${JSON.stringify(algorithm)}.`);
  return createHash(name)
    .update(typeof text === 'string' ? text : JSON.stringify(text))
    .digest('hex');
};

/** A version 4 UUID out of the given dice. */
export const newUuid = (random: () => number): string => {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  const variant = '89ab'[Math.floor(random() * 4)];
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
};

const parse = (text: string | undefined): unknown => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new FunctionError('$parse was given text that is not JSON.');
  }
};

const pad = (text: string | undefined, width: number, fill = ' '): string | undefined => {
  if (text === undefined) return undefined;
  const letters = fill === '' ? [' '] : [...fill];
  const missing = Math.floor(Math.abs(width) - [...text].length);
  if (missing <= 0) return text;
  holdCharacters(missing);
  const filling =
    letters.join('').repeat(Math.floor(missing / letters.length)) + letters.slice(0, missing % letters.length).join('');
  return width > 0 ? text + filling : filling + text;
};

/** Gives an expression the functions that AWS adds to JSONata, and takes `$eval` away, as AWS does. */
export const addAwsFunctions = (expression: JsonataExpression): void => {
  expression.registerFunction('partition', partition, '<a-n:a>');
  expression.registerFunction('range', range, '<n-nn:a>');
  expression.registerFunction('hash', hash, '<x-s?:s>');
  expression.registerFunction(
    'random',
    (seed?: number) => (seed === undefined ? surroundings.random() : javaRandom(seed)),
    '<n?:n>',
  );
  expression.registerFunction('uuid', () => newUuid(surroundings.random), '<:s>');
  expression.registerFunction('parse', parse, '<s-:x>');
  expression.registerFunction('pad', pad, '<s-ns?:s>');
  expression.assign('eval', undefined);
};
