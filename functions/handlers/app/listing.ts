import { USUAL_PAGE } from '../../contracts/api/values.ts';
import type { Place } from './cursors.ts';
import type { ApiDeps } from './deps.ts';
import type { Asking } from './route.ts';

type Paging = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

/** Opens and seals the places of a list: for this person, this operation and these filters alone. */
export const listing =
  ({ cursors }: Pick<ApiDeps, 'cursors'>) =>
  async <T>(
    { operation, viewer }: Asking,
    { cursor, limit = USUAL_PAGE }: Paging,
    filters: object,
    read: (from: { from: Place; limit: number }) => Promise<{ items: T[]; next: Place | null }>,
  ): Promise<{ items: T[]; next: string | null }> => {
    const list = JSON.stringify([operation, viewer.id, filters]);
    const from = cursor === undefined ? { stretch: 0, after: null } : cursors.open(cursor, list);
    const { items, next } = await read({ from, limit });
    return { items, next: next === null ? null : cursors.seal(next, list) };
  };
