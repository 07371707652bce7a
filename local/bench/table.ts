import type { Measured } from './run-journeys.ts';

const COLUMNS = ['journeys', 'seconds', 'cpu s', 'ms/journey', 'journeys/s', 'transitions/s', 'peak MB'] as const;

const line = (cells: readonly string[]): string =>
  cells.map((cell, at) => cell.padStart((COLUMNS[at]?.length ?? 0) + 2)).join('');

/** The columns' names. */
export const heading = (): string => line(COLUMNS);

/** One run as a line of the table. */
export const lineOf = ({ journeys, seconds, cpuSeconds, transitions, peakMegabytes }: Measured): string =>
  line([
    String(journeys),
    seconds.toFixed(2),
    cpuSeconds.toFixed(2),
    ((seconds / journeys) * 1000).toFixed(1),
    (journeys / seconds).toFixed(1),
    (transitions / seconds).toFixed(0),
    peakMegabytes.toFixed(0),
  ]);
