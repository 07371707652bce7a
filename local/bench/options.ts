import { parseArgs } from 'node:util';
import { InputRefused } from '../../functions/domain/problems.ts';
import { parseOptions } from '../command-line/parse-options.ts';

/** How many journeys are run at once, one run after the other, if nobody says otherwise. */
export const DEFAULT_SIZES: readonly number[] = [1, 10, 100, 1000];

const MOST = 10_000;

/** How large the clinic is that the API is measured on, and the file that it is kept in; without one it is gone afterwards. */
export type ApiOptions = { readonly journeys: number; readonly data?: string };

/** Reads `--journeys N` and `--data FILE`; throws InputRefused with one line. */
export const readApiOptions = (args: string[]): ApiOptions => {
  const { journeys, data } = parseOptions(args, {
    journeys: { type: 'string', default: '10000' },
    data: { type: 'string' },
  } as const);
  if (data === '') throw new InputRefused(['--data: found ""; allowed: the path of a file']);
  return { journeys: sizeOf(journeys), ...(data !== undefined && { data }) };
};

const refuse = (found: string): never => {
  throw new InputRefused([
    `--journeys: found ${found.slice(0, 60)}; allowed: whole numbers from 1 to ${MOST}, such as 1,10,100`,
  ]);
};

const sizeOf = (text: string): number => {
  const size = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return size >= 1 && size <= MOST ? size : refuse(JSON.stringify(text));
};

/** Reads how many journeys to run at once, the fewest first; throws InputRefused with one line. */
export const readSizes = (args: string[]): readonly number[] => {
  try {
    const { journeys } = parseArgs({ args, options: { journeys: { type: 'string' } } }).values;
    return journeys === undefined
      ? DEFAULT_SIZES
      : [...new Set(journeys.split(',').map(sizeOf))].toSorted((a, b) => a - b);
  } catch (error) {
    if (error instanceof InputRefused) throw error;
    return refuse(error instanceof Error ? error.message : String(error));
  }
};
