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

/** What a look at a body tells besides that it may be stored. */
export type Looked = {
  /** About as many characters as its JSON takes. */
  characters: number;
  /** Something in it is undefined, which is left out, as in JSON. */
  leavesOut: boolean;
};

/** Whether a number comes back as it was: DynamoDB keeps 38 digits and nothing below 1E-130, and whole numbers past 2^53 would change. */
export const isKeptNumber = (value: number): boolean => {
  const size = Math.abs(value);
  return value === 0 || (size >= 1e-130 && size <= Number.MAX_SAFE_INTEGER);
};

const checkText = (text: string, looked: Looked): void => {
  if (!text.isWellFormed()) refuse('holds text that is no Unicode');
  looked.characters += text.length + 3;
};

const checkMap = (map: Readonly<Record<string, unknown>>, depth: number, looked: Looked): void => {
  const prototype = Object.getPrototypeOf(map);
  if (prototype !== Object.prototype && prototype !== null) refuse('holds an object that is not plain JSON');
  for (const name in map) {
    const value = map[name];
    if (FORBIDDEN_NAMES.has(name)) refuse(`holds a property named '${name}'`);
    if (value === undefined) looked.leavesOut = true;
    else {
      checkText(name, looked);
      checkValue(value, depth + 1, looked);
    }
  }
};

const checkNested = (value: Readonly<Record<string, unknown>>, depth: number, looked: Looked): void => {
  if (depth > MAX_DEPTH) refuse(`is nested deeper than ${MAX_DEPTH} levels`);
  looked.characters += 2;
  if (!Array.isArray(value)) checkMap(value, depth, looked);
  else for (const item of value) checkValue(item, depth + 1, looked);
};

const checkValue = (value: unknown, depth: number, looked: Looked): void => {
  if (typeof value === 'string') checkText(value, looked);
  else if (typeof value === 'boolean' || value === null) looked.characters += 5;
  else if (typeof value === 'number') {
    if (!isKeptNumber(value)) refuse(`holds the number ${value}`);
    looked.characters += 8;
  } else if (isNestable(value)) checkNested(value, depth, looked);
  else refuse(`holds a value of type ${typeof value}`);
};

/** Looks through a body, or rejects with {@link InvalidRequest} where DynamoDB would refuse it or give back something else. */
export const checkBody = (body: object): Looked => {
  const looked = { characters: 0, leavesOut: false };
  checkValue(body, 1, looked);
  return looked;
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
