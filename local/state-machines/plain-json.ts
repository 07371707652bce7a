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

/**
 * The result of an expression as plain JSON data, without the marks that JSONata leaves on its sequences.
 * Numbers that JSON lacks become text: AWS answers `["Infinity"]` for `[1/0]`.
 */
export const plainJson = (value: unknown): unknown => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) {
    const items = new Array<unknown>(value.length);
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      items[index] = item === undefined ? null : plainJson(item);
    }
    return items;
  }
  if (!isObject(value) || value._jsonata_lambda === true || value._jsonata_function === true || value instanceof RegExp)
    throw new NotJson('not JSON');
  const plain: Record<string, unknown> = {};
  for (const key of Object.keys(value)) if (value[key] !== undefined) setKey(plain, key, plainJson(value[key]));
  return plain;
};

/** Sets a key of an object, also the key `__proto__`, which an assignment would take for the prototype. */
export const setKey = (target: Record<string, unknown>, key: string, value: unknown): void => {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
};

const utf8 = new TextEncoder();

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
  for (const [key, item] of Object.entries(value)) {
    bytes += key.length * 6 + 4 + atMostBytes(item, room - bytes);
    if (bytes > room) return bytes;
  }
  return bytes;
};

/** Whether a value written as JSON is larger than so many bytes of UTF-8. */
export const isLargerThan = (value: unknown, bytes: number): boolean =>
  atMostBytes(value, bytes) > bytes && utf8.encode(JSON.stringify(value) ?? 'null').length > bytes;
