// Written by `npm run -s programs -- keep`: every version in programs/earlier.

/** Versions that journeys may still be pinned to, beside the newest of each program. */
export const earlierPrograms: readonly { readonly id: string; readonly version: number }[] = [];
