import * as z from 'zod';

type Json = z.core.util.JSONType;

/** Names that turn into something else when an object is copied. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', '']);

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const isMap = (value: object): value is Record<string, unknown> => {
  if (!isPlain(value)) return false;
  return Object.keys(value).every((name) => !FORBIDDEN.has(name) && isJson(Reflect.get(value, name)));
};

const isJson = (value: unknown): boolean => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.every(isJson) : isMap(value);
};

/**
 * What somebody recorded, by name: any JSON. Looked through by hand, since such a record stands in every task and is read far
 * more often than all others, and a schema that looks at each value by itself takes fifty times as long.
 */
export const JsonRecord = z.custom<Record<string, Json>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && isMap(value),
);
export type JsonRecord = z.infer<typeof JsonRecord>;
