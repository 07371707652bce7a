import { createHash } from 'node:crypto';
import { Link, Visit } from '../domain/links/link.ts';
import { toMs } from '../domain/time/instants.ts';
import { rowKind } from './row-kind.ts';

/** A link's id as the table names it: whoever reads the table cannot open a link. */
export const linkHash = (id: string): string => createHash('sha256').update(id).digest('hex');

const partition = (hash: string): string => `link#${hash}`;
const expiresAt = ({ until }: { readonly until: string }): number => Math.ceil(toMs(until) / 1000);

/** Links by the hash of their id. One that the table has dropped is like one that was never there: the message says whom to call. */
export const links = rowKind({
  schema: Link,
  key: (hash: string) => ({ pk: partition(hash), sk: 'link' }),
  idOf: ({ hash }) => hash,
  places: (link) => ({ expiresAt: expiresAt(link) }),
});

/** Openings of a link, by the nonce of the form that was given out. */
export const visits = rowKind({
  schema: Visit,
  key: ({ hash, nonce }: { hash: string; nonce: string }) => ({ pk: partition(hash), sk: `visit#${nonce}` }),
  idOf: (visit) => visit,
  places: (visit) => ({ expiresAt: expiresAt(visit) }),
});
