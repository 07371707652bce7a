import { InvalidRequest } from './table-invalid-request.ts';

/** A map or list inside a row may be nested this deep, counted from the row; DynamoDB allows 32 levels. */
export const MAX_DEPTH = 32;

const refuse = (why: string): never => {
  throw new InvalidRequest(`A row's body ${why}`);
};

/** DynamoDB keeps 38 digits between 1E-130 and 9.9E+125; whole numbers past 2^53 would come back changed. */
const fits = (value: number): boolean =>
  value === 0 || (Math.abs(value) >= 1e-130 && Math.abs(value) <= Number.MAX_SAFE_INTEGER);

const textBytes = (text: string, exact: boolean): number => (exact ? Buffer.byteLength(text) : text.length * 3);

const numberBytes = (value: number, exact: boolean): number => (exact ? Math.ceil(String(value).length / 2) + 2 : 21);

const weighText = (text: string, exact: boolean): number =>
  text.isWellFormed() ? textBytes(text, exact) : refuse('holds text that is no Unicode');

const weighList = (list: readonly unknown[], depth: number, exact: boolean): number => {
  let bytes = 3;
  for (const value of list) bytes += 1 + weighValue(value, depth + 1, exact);
  return bytes;
};

const weighMap = (map: object, depth: number, exact: boolean): number => {
  const prototype = Object.getPrototypeOf(map);
  if (prototype !== Object.prototype && prototype !== null) refuse('holds an object that is not plain JSON');
  let bytes = 3;
  for (const [name, value] of Object.entries(map)) {
    // A property that is undefined is left out, as in JSON.
    if (value === undefined) continue;
    if (name === '' || name === '__proto__') refuse(`holds a property named '${name}'`);
    bytes += 1 + weighText(name, exact) + weighValue(value, depth + 1, exact);
  }
  return bytes;
};

const weighValue = (value: unknown, depth: number, exact: boolean): number => {
  if (typeof value === 'string') return weighText(value, exact);
  if (typeof value === 'number') return fits(value) ? numberBytes(value, exact) : refuse(`holds the number ${value}`);
  if (typeof value === 'boolean' || value === null) return 1;
  if (typeof value !== 'object') return refuse(`holds a ${typeof value}`);
  if (depth > MAX_DEPTH) return refuse(`is nested deeper than ${MAX_DEPTH} levels`);
  return Array.isArray(value) ? weighList(value, depth, exact) : weighMap(value, depth, exact);
};

/**
 * Bytes that a body takes in DynamoDB (an upper bound, unless `exact`), or {@link InvalidRequest} where it is no JSON
 * that both adapters would give back unchanged.
 */
export const weighBody = (body: object, exact: boolean): number => weighValue(body, 1, exact);
