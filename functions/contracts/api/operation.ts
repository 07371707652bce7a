import type * as z from 'zod';
import type { PUBLIC_LIMITS } from './limits.ts';
import { noBody } from './values.ts';

type Described<P, Q, A> = {
  /** The path with its parameters in braces, as OpenAPI writes it. */
  readonly path: string;
  /** One sentence for whoever reads the document. */
  readonly summary: string;
  readonly params: P;
  readonly query: Q;
  readonly answer: A;
};

/** How a write is kept from happening twice: by a key that must be given, or by itself (a key may be given all the same). */
export type Repeating = 'by-key' | 'by-itself';

/** Something that is read. */
export const reads = <P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType>(
  described: Described<P, Q, A> & { readonly tagged?: boolean },
) => ({ ...described, method: 'get' as const, body: noBody, repeating: null, ifMatch: false, limit: null });

/** Something that is asked for, with a body. */
export const writes = <P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType, B extends z.ZodType>(
  described: Described<P, Q, A> & {
    readonly body: B;
    readonly repeating: Repeating;
    /** Whether it takes the version that the asker has seen. */
    readonly ifMatch: boolean;
  },
) => ({ ...described, method: 'post' as const, limit: null });

/** Something that anybody may ask for without a token, so often. */
export const asks = <P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType, B extends z.ZodType>(
  described: Described<P, Q, A> & { readonly body: B; readonly limit: keyof typeof PUBLIC_LIMITS },
) => ({ ...described, method: 'post' as const, repeating: 'by-key' as const, ifMatch: false });

/** An operation of the API, as its table describes it. */
export type Operation = {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
  readonly repeating: Repeating | null;
  readonly ifMatch: boolean;
  /** Which limit holds for who asks without a token; null where a token is needed. */
  readonly limit: keyof typeof PUBLIC_LIMITS | null;
};
