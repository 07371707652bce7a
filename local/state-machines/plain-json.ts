import { limits } from './limits.ts';

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as AWS names its type in a cause. */
export const jsonType = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** The value cannot be written as JSON: a function or a regular expression. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

/** The value holds more than any payload may: objects that share their parts grow without end when they are written out. */
export class TooManyValues extends RangeError {}

/**
 * The result of an expression as plain JSON data, without the marks that JSONata leaves on its sequences.
 * Numbers that JSON lacks become text: AWS answers `["Infinity"]` for `[1/0]`.
 */
export const plainJson = (value: unknown, most = limits.expressionValues): unknown => {
  let values = 0;
  const plain = (item: unknown): unknown => {
    if (typeof item === 'string' || typeof item === 'boolean' || item === null) return item;
    if (typeof item === 'number') return Number.isFinite(item) ? item : String(item);
    if (Array.isArray(item)) {
      values += item.length;
      if (values > most) throw new TooManyValues('memory');
      const items = new Array<unknown>(item.length);
      for (let index = 0; index < item.length; index += 1) {
        const one: unknown = item[index];
        items[index] = one === undefined ? null : plain(one);
      }
      return items;
    }
    if (!isObject(item) || item._jsonata_lambda === true || item._jsonata_function === true || item instanceof RegExp)
      throw new NotJson('not JSON');
    const object: Record<string, unknown> = {};
    for (const key of Object.keys(item)) {
      values += 1;
      if (item[key] !== undefined) setKey(object, key, plain(item[key]));
    }
    if (values > most) throw new TooManyValues('memory');
    return object;
  };
  return plain(value);
};

/** Whether lists and objects stand more than so many deep in one another. */
export const isDeeperThan = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((item) => isDeeperThan(item, most - 1)));

/** Sets a key of an object, also the key `__proto__`, which an assignment would take for the prototype. */
export const setKey = (target: Record<string, unknown>, key: string, value: unknown): void => {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
};

/** An upper bound of a value's size as JSON, without writing it: six bytes a character is the worst that escaping does. */
const atMostBytes = (value: unknown, room: number): number => {
  if (typeof value === 'string') return value.length * 6 + 2;
  if (typeof value === 'number') return 25;
  if (typeof value !== 'object' || value === null) return 5;
  let bytes = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      bytes += 1 + atMostBytes(item, room - bytes);
      if (bytes > room) return bytes;
    }
    return bytes;
  }
  if (!isObject(value)) return bytes;
  // Of data that is plain JSON; a list of its entries would be as large as the data.
  for (const key in value) {
    bytes += key.length * 6 + 4 + atMostBytes(value[key], room - bytes);
    if (bytes > room) return bytes;
  }
  return bytes;
};

/** Whether a value written as JSON is larger than so many bytes of UTF-8. */
export const isLargerThan = (value: unknown, bytes: number): boolean =>
  (typeof value === 'string' && value.length > bytes) ||
  (atMostBytes(value, bytes) > bytes && Buffer.byteLength(JSON.stringify(value) ?? 'null') > bytes);
