import type { Language } from '../names.ts';
import { DIGEST_PARTS, type DigestLine } from '../tasks/digest.ts';
import type { Catalogue } from './catalogue.ts';
import { formatMoment } from './values.ts';

/** What a digest's text may name beside `count` and `overdue`: how many tasks of each part, and the lines that list them. */
export const DIGEST_PLACES = DIGEST_PARTS.flatMap((part) => [part, `${part}Lines`]);

/** Whether a place is filled from the tasks of a digest. */
export const isDigestPlace = (place: string): boolean => place === 'count' || DIGEST_PLACES.includes(place);

type Around = {
  readonly catalogue: Pick<Catalogue, 'tasks'>;
  readonly language: Language;
  readonly values: { readonly zone: string };
};

/** So many tasks of a part are listed; the page of tasks shows the others. */
const LISTED = 20;

/** A number of tasks, or their lines: what is to do, its number, and when it was or is due. */
export const digestPlace = (
  place: string,
  digest: readonly DigestLine[],
  { catalogue, language, values }: Around,
): string | number => {
  if (place === 'count') return digest.length;
  const lines = digest.filter(({ part }) => place.startsWith(part));
  if (!place.endsWith('Lines')) return lines.length;
  return lines
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
    .slice(0, LISTED)
    .map(
      ({ kind, taskId, dueAt }) =>
        `- ${catalogue.tasks[kind]} (${taskId}): ${formatMoment(dueAt, language, values.zone)}`,
    )
    .join('\n');
};
