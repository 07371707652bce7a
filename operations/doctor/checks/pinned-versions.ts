import type { LibraryData } from '../../../functions/stores/bundled-library.ts';
import { type Check, unless } from '../finding.ts';

/** How many journeys that have not ended are on a version of a program. */
export type Pinned = { readonly id: string; readonly version: number; readonly journeys: number };

/** Every version that a journey in flight is on is there to be deployed: without it the journey stops at its next step. */
export const pinnedVersions = (
  { programs }: Pick<LibraryData, 'programs'>,
  { pinned }: { readonly pinned: () => Promise<readonly Pinned[]> },
): Check => ({
  name: 'versions in use',
  look: async () => {
    const all = await pinned();
    const missing = all.filter(
      (each) => !programs.some(({ id, version }) => id === each.id && version === each.version),
    );
    const total = all.reduce((sum, { journeys }) => sum + journeys, 0);
    return unless(
      missing.map(
        ({ id, version, journeys }) =>
          `${journeys} ${journeys === 1 ? 'journey is' : 'journeys are'} on version ${version} of ${id}, which is not here; put it back into programs/earlier before a deploy`,
      ),
      `${total} ${total === 1 ? 'journey' : 'journeys'} in flight, each on a version that is here`,
    );
  },
});
