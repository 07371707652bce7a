import type * as z from 'zod';
import type { Viewer } from '../../domain/law/reach.ts';
import { parseInput } from '../../domain/problems.ts';
import { checkOutput } from '../../runtime/bad-input.ts';
import { NotThere } from './errors.ts';

/** Who asks, for which operation, and under which key and version. */
export type Asking = {
  readonly operation: string;
  readonly viewer: Viewer;
  /** Of the request, so that a repeated one gets the first answer; empty where the operation needs none. */
  readonly key: string;
  /** The version that the asker has seen; undefined where they did not say. */
  readonly version: string | undefined;
};

/** What came with a request, before it was read. */
export type Raw = Asking & { readonly params: unknown; readonly query: unknown; readonly body: unknown };

export type Reply<A> = { readonly answer: A; readonly version?: string };

/** An operation that can be asked with anything. */
export type Route = (raw: Raw) => Promise<Reply<unknown>>;

type Schemas<P, Q, B, A> = { readonly params: P; readonly query: Q; readonly body: B; readonly answer: A };

/** An operation as its schemas have it: read before it is carried out, checked before it is answered. */
export const route =
  <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    { params, query, body, answer }: Schemas<P, Q, B, A>,
    handle: (
      asked: Asking & { readonly params: z.output<P>; readonly query: z.output<Q>; readonly body: z.output<B> },
    ) => Promise<Reply<z.output<A>>>,
  ): Route =>
  async (raw) => {
    const named = params.safeParse(raw.params);
    // An id in no form that ids have is the id of nothing.
    if (!named.success) throw new NotThere();
    const asked = {
      ...raw,
      params: named.data,
      query: parseInput(query, raw.query, 'query'),
      body: parseInput(body, raw.body, 'body'),
    };
    const reply = await handle(asked);
    checkOutput<unknown>(raw.operation, answer, reply.answer);
    return reply;
  };
