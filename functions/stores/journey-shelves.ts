import type { Journey } from '../domain/journey/journey.ts';
import type { PHASES } from '../domain/names.ts';

/** Where lists look for a journey: its phase, `new` before the first, `closed` after its outcome. */
export type ListedPhase = (typeof PHASES)[number] | 'new' | 'closed';

const shelf = (phase: ListedPhase, held: boolean): string => (held ? `${phase}#held` : phase);
/** Journeys of one phase, those that are on hold apart. */
export const inPhase = (phase: ListedPhase, held: boolean): string => `journeys#${shelf(phase, held)}`;
/** The same of one program. */
export const inProgram = (program: string, phase: ListedPhase, held: boolean): string =>
  `program#${program}#${shelf(phase, held)}`;

/** The phase under which a journey is listed. */
export const listedPhase = ({ outcome, phase }: Pick<Journey, 'outcome' | 'phase'>): ListedPhase =>
  outcome !== null ? 'closed' : (phase ?? 'new');
