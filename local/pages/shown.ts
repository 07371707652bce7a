import type { Context } from 'hono';
import type { Viewer } from '../../functions/domain/law/reach.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import type { Ask } from './asking.ts';

/** What a page may be refused with. */
export const REFUSED = [400, 403, 404, 409, 412, 422, 429, 503] as const;
type Refused = (typeof REFUSED)[number];

/** What a page shows. */
export type Shown = { readonly title: string; readonly body: Html; readonly status?: Refused };
/** Whoever is signed in: who they are, what they may do, and how they ask. */
export type Session = {
  readonly ask: Ask;
  readonly may: (operation: string) => boolean;
  readonly who: Pick<Viewer, 'id' | 'roles'>;
};

/** Makes a handler of what shows a page to whoever is signed in. */
export type Showing = (
  show: (session: Session, context: Context) => Promise<Shown | Response>,
) => (context: Context) => Promise<Response>;
