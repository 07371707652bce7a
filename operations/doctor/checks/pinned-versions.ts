import type { LibraryData } from '../../../functions/stores/bundled-library.ts';
import { type Check, unless } from '../finding.ts';

/** How many journeys that have not ended are on a version of a program. */
export type Pinned = { readonly id: string; readonly version: number; readonly journeys: number };

type Asked = {
  readonly pinned: () => Promise<readonly Pinned[]>;
  /** The versions that the functions carry, as `id version`; undefined where nobody says so. */
  readonly carried: () => Promise<readonly string[] | undefined>;
};

/** Every version that a journey in flight is on is deployed, and here for the next deploy: without it the journey stops at its next step. */
export const pinnedVersions = ({ programs }: Pick<LibraryData, 'programs'>, { pinned, carried }: Asked): Check => ({
  name: 'versions in use',
  look: async () => {
    const all = await pinned();
    const missing = all.filter(
      (each) => !programs.some(({ id, version }) => id === each.id && version === each.version),
    );
    const deployed = await carried();
    const stopped = all.filter(({ id, version }) => deployed?.includes(`${id} ${version}`) === false);
    const total = all.reduce((sum, { journeys }) => sum + journeys, 0);
    const onIt = ({ id, version, journeys }: Pinned) =>
      `${journeys} ${journeys === 1 ? 'journey is' : 'journeys are'} on version ${version} of ${id}, which is not`;
    return unless(
      [
        ...missing.map((each) => `${onIt(each)} here; put it back into programs/earlier before a deploy`),
        ...stopped.map((each) => `${onIt(each)} deployed; deploy it now, they stop at their next step`),
      ],
      `${total} ${total === 1 ? 'journey' : 'journeys'} in flight, each on a version that is here`,
    );
  },
});
