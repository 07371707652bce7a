/** What a check found: all is well, what somebody has to do, or that nobody there can say. */
export type Finding = { readonly state: 'ok' | 'to-do' | 'not-known'; readonly says: string };

/** One question to a clinic; each finding is one line. */
export type Check = { readonly name: string; readonly look: () => Promise<readonly Finding[]> };

export const ok = (says: string): Finding => ({ state: 'ok', says });
export const toDo = (says: string): Finding => ({ state: 'to-do', says });
export const notKnown = (says: string): Finding => ({ state: 'not-known', says });

/** What is to be done, or that all is well where there is nothing. */
export const unless = (problems: readonly string[], well: string): Finding[] =>
  problems.length === 0 ? [ok(well)] : problems.map(toDo);
