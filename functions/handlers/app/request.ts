import type { Operation } from '../../contracts/api/operation.ts';
import { isPlainText } from '../../contracts/api/values.ts';
import { InputRefused } from '../../domain/problems.ts';
import { TokenRefused } from '../../runtime/tokens.ts';
import { isKeptNumber } from '../../stores/table-body.ts';
import { WrongContentType } from './errors.ts';

/** The token of `Authorization: Bearer ...`; throws TokenRefused where there is none. */
export const bearerOf = (header: string | undefined): string => {
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header ?? '')?.[1];
  if (token === undefined) throw new TokenRefused('Authorization: Bearer and a token');
  return token;
};

/** The query's parameters, each once. */
export const queryOf = (url: string): Record<string, string> => {
  const params = new URL(url).searchParams;
  const names = [...new Set(params.keys())];
  const twice = names.filter((name) => params.getAll(name).length > 1);
  if (twice.length > 0)
    throw new InputRefused(twice.map((name) => `query.${name.slice(0, 60)}: found more than once; allowed: once`));
  return Object.fromEntries(params);
};

/** A key of 1 to 100 visible characters; where the operation is repeated by itself, one may be left out. */
export const keyOf = ({ repeating }: Operation, header: string | undefined): string => {
  if (repeating !== 'by-key' && header === undefined) return '';
  const key = /^"([!#-~]{1,100})"$/.exec(header ?? '')?.[1] ?? header ?? '';
  if (repeating !== null && !/^[!-~]{1,100}$/.test(key))
    throw new InputRefused([
      `Idempotency-Key: ${header === undefined ? 'missing' : 'found something else'}; allowed: 1 to 100 visible characters, new for each request and the same when it is repeated`,
    ]);
  return key;
};

/** The version of `If-Match: "..."`; undefined where any will do. */
export const versionOf = ({ ifMatch }: Operation, header: string | undefined): string | undefined => {
  if (!ifMatch || header === undefined || header.trim() === '*') return undefined;
  const version = /^"([!#-~]{1,200})"$/.exec(header.trim())?.[1];
  if (version === undefined)
    throw new InputRefused(['If-Match: found something else; allowed: an ETag in quotes, or *']);
  return version;
};

/** Nothing that people record is nested deeper. */
const DEEPEST = 20;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What no schema needs to look at: how deep it goes, characters that no text may hold, and numbers that nothing keeps as they are. */
const flaws = (value: unknown, path: string, depth: number): string[] => {
  if (typeof value === 'string')
    return isPlainText(value) ? [] : [`${path}: found control characters; allowed: text without them`];
  if (typeof value === 'number')
    return isKeptNumber(value)
      ? []
      : [
          `${path}: found ${value}; allowed: 0, or a number from 1e-130 to ${Number.MAX_SAFE_INTEGER}, or below 0 as far`,
        ];
  if (!isRecord(value)) return [];
  if (depth === DEEPEST) return [`${path}: found more inside; allowed: at most ${DEEPEST} levels`];
  return Object.entries(value).flatMap(([key, inner]) =>
    isPlainText(key)
      ? flaws(inner, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key.slice(0, 60)}`, depth + 1)
      : [`${path}: found a name with control characters; allowed: text without them`],
  );
};

const MOST_FLAWS = 20;

/** The body as JSON; an empty one is an empty object. Throws WrongContentType for another type, InputRefused for what is no plain JSON. */
export const bodyOf = async (request: Request): Promise<unknown> => {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0) return {};
  const [type = '', ...parameters] = (request.headers.get('Content-Type') ?? '').toLowerCase().split(';');
  const charset = parameters.find((each) => each.trim().startsWith('charset='))?.split('=')[1];
  const isUtf8 = charset === undefined || /^"?utf-8"?$/.test(charset.trim());
  if (type.trim() !== 'application/json' || !isUtf8) throw new WrongContentType('Content-Type: application/json');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new InputRefused(['body: found something else; allowed: JSON in UTF-8'], { cause: error });
  }
  const found = flaws(value, 'body', 0);
  if (found.length > 0) throw new InputRefused(found.slice(0, MOST_FLAWS));
  return value;
};
