import type { Hono } from 'hono';
import type * as z from 'zod';
import { Problem } from '../../functions/contracts/api/problem.ts';

/** The API did not do what a page asked it for. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

type Asked<B> = {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: B;
  /** The version that was looked at. */
  readonly version?: string | undefined;
  /** Of this request, so that the same one again is not a second one. */
  readonly key?: string;
};

type Asking<A extends z.ZodType, B extends z.ZodType> = {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly answer: A;
  readonly body: B;
};

const pathOf = (path: string, params: Readonly<Record<string, string | number>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));

/** Asks the API in somebody's name, as a browser would: pages see and do what their reader may, and nothing else. */
export const askingAs =
  (api: Pick<Hono, 'request'>, token: string) =>
  async <A extends z.ZodType, B extends z.ZodType>(
    operation: Asking<A, B>,
    { params = {}, query = {}, body, version, key }: Asked<z.input<B>> = {},
  ): Promise<{ readonly answer: z.output<A>; readonly version: string | undefined }> => {
    const response = await api.request(`${pathOf(operation.path, params)}?${new URLSearchParams(query)}`, {
      method: operation.method.toUpperCase(),
      headers: {
        Authorization: `Bearer ${token}`,
        ...(version !== undefined && { 'If-Match': `"${version}"` }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
        ...(operation.method === 'post' && { 'Content-Type': 'application/json' }),
      },
      ...(operation.method === 'post' && { body: JSON.stringify(body ?? {}) }),
    });
    const said: unknown = await response.json();
    if (!response.ok) throw new NotDone(Problem.parse(said));
    return { answer: operation.answer.parse(said), version: response.headers.get('ETag')?.replaceAll('"', '') };
  };

export type Ask = ReturnType<typeof askingAs>;

/** What somebody is given, or undefined where it is not for them. */
export const unlessForbidden = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NotDone && error.problem.status === 403) return undefined;
    throw error;
  }
};
