import type { Journey } from '../journey/journey.ts';
import type { Program } from '../program/program.ts';
import { stageBounds } from '../program/series.ts';
import { dosesAtFirst } from '../series/what-next.ts';
import { isSame } from './move.ts';

type Series = Program['series'];
type Planned = Pick<Journey, 'dosesPlanned' | 'seriesStage'>;

/** How many doses the series is to have under another version, or why it cannot be carried over. */
export type SeriesUnder = { readonly dosesPlanned: number } | { readonly refused: string };

/**
 * The doses of a series that goes on under another version. What a clinician decided stands, as long as the other version's bounds
 * allow it; what the program planned by itself is planned by the other version, but never fewer than were begun.
 */
export const seriesUnder = (
  from: Series,
  to: Series,
  { dosesPlanned, seriesStage }: Planned,
  begun: number,
): SeriesUnder => {
  const until = seriesStage + 1;
  if (isSame(from.stages.slice(0, until), to.stages.slice(0, until))) return { dosesPlanned };
  const bounds = stageBounds(to.stages)[seriesStage];
  if (bounds === undefined) return { refused: `its series has no stage ${until}, which this one is in` };
  if (begun > bounds.max)
    return { refused: `its stage ${until} ends after ${bounds.max} doses, and ${begun} were begun` };
  const byProgram = seriesStage === 0 && dosesPlanned === dosesAtFirst(from);
  if (byProgram) return { dosesPlanned: Math.max(dosesAtFirst(to), begun) };
  return dosesPlanned > bounds.max
    ? { refused: `its stage ${until} ends after ${bounds.max} doses at most, and a clinician planned ${dosesPlanned}` }
    : { dosesPlanned };
};
