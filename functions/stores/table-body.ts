import { InvalidRequest } from './table-invalid-request.ts';

/** Maps and lists may be nested this deep, the body being the first; DynamoDB counts its attribute too and allows 32. */
const MAX_DEPTH = 31;

/** DynamoDB takes no empty name; the other two turn into something else inside the SDK. */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['', '__proto__', 'constructor']);

const refuse = (why: string): never => {
  throw new InvalidRequest(`A row's body ${why}`);
};

const isNestable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** DynamoDB keeps 38 digits and nothing below 1E-130; whole numbers past 2^53 would come back changed. */
const checkNumber = (value: number): void => {
  const size = Math.abs(value);
  if (!(value === 0 || (size >= 1e-130 && size <= Number.MAX_SAFE_INTEGER))) refuse(`holds the number ${value}`);
};

const checkMap = (map: Readonly<Record<string, unknown>>, depth: number): void => {
  const prototype = Object.getPrototypeOf(map);
  if (prototype !== Object.prototype && prototype !== null) refuse('holds an object that is not plain JSON');
  for (const name in map) {
    const value = map[name];
    if (FORBIDDEN_NAMES.has(name)) refuse(`holds a property named '${name}'`);
    // A property that is undefined is left out, as in JSON.
    if (typeof value !== 'string' && value !== undefined) checkValue(value, depth + 1);
  }
};

const checkNested = (value: Readonly<Record<string, unknown>>, depth: number): void => {
  if (depth > MAX_DEPTH) refuse(`is nested deeper than ${MAX_DEPTH} levels`);
  if (!Array.isArray(value)) checkMap(value, depth);
  else for (const item of value) checkValue(item, depth + 1);
};

const checkValue = (value: unknown, depth: number): void => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return;
  if (typeof value === 'number') checkNumber(value);
  else if (isNestable(value)) checkNested(value, depth);
  else refuse(`holds a value of type ${typeof value}`);
};

const isUnicode = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  return !isNestable(value) || Object.entries(value).every(([name, inner]) => name.isWellFormed() && isUnicode(inner));
};

/** The body as JSON text, or {@link InvalidRequest} where DynamoDB would refuse it or give back something else. */
export const bodyText = (body: object): string => {
  checkValue(body, 1);
  const text = JSON.stringify(body);
  // JSON escapes a lone surrogate, and text with a backslash of its own may look the same.
  if (text.includes('\\ud') && !isUnicode(body)) refuse('holds text that is no Unicode');
  return text;
};

/** The bytes that a value of JSON takes in DynamoDB. */
export const weigh = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 2;
  if (!isNestable(value)) return 1;
  const parts = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const names = Array.isArray(value) ? 0 : parts.reduce((bytes, [name]) => bytes + Buffer.byteLength(name), 0);
  return parts.reduce((bytes, [, inner]) => bytes + 1 + weigh(inner), 3 + names);
};
