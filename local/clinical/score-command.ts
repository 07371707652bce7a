import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type Measure, parseMeasure } from '../../functions/domain/measures/measure.ts';
import { bandOf, changeSince, NotATotal, type Sex, score } from '../../functions/domain/measures/score.ts';
import { parseScreener, type Screener, screenerLevel, stillToAsk } from '../../functions/domain/measures/screener.ts';
import { afterAnswers, afterScreener } from '../../functions/domain/measures/suicide-items.ts';
import { InputRefused, parseInput, shown } from '../../functions/domain/problems.ts';
import { parseOptions } from '../command-line/parse-options.ts';
import { type Form, readAnswers } from './answers.ts';
import { answerAsJson, readJson, type Surroundings } from './command.ts';
import { programFile } from './program-file.ts';

const USAGE = `npm run -s score -- --measure ID --answers FILE [--baseline N] [--sex F|M|X]

  --measure ID      an instrument of programs/measures, such as phq9
  --answers FILE    answers by item as JSON, or a list in the order of the items; - reads standard input
  --baseline N      the total to compare with: response, remission, reliable change, deterioration
  --sex F|M|X       for cut-offs that differ by sex (default: X, the lower one)
`;

const OPTIONS = {
  measure: { type: 'string' },
  answers: { type: 'string' },
  baseline: { type: 'string' },
  sex: { type: 'string', default: 'X' },
  help: { type: 'boolean', default: false },
} as const;

const ANSWERS = { mostBytes: 100_000, holds: 'answers by item, or a list of them' };

const ids = (): string[] =>
  readdirSync(fileURLToPath(new URL('../../programs/measures/', import.meta.url)))
    .map((name) => name.replace(/\.json$/, ''))
    .toSorted();

const instrument = async (id: string | undefined): Promise<Measure | Screener> => {
  if (id === undefined || !ids().includes(id))
    throw new InputRefused([
      `--measure: ${id === undefined ? 'missing' : `unknown measure ${shown(id)}`}; one of ${ids().join(', ')}`,
    ]);
  const file = await programFile(`measures/${id}.json`);
  return 'kind' in parseInput(z.looseObject({}), file, id) ? parseScreener(file, id) : parseMeasure(file, id);
};

const formOf = (found: Measure | Screener): Form =>
  'kind' in found
    ? { ids: found.items.map(({ id }) => id), min: 0, max: 1, yesNo: true }
    : {
        ids: found.items.map(({ id }) => id),
        min: found.answers.min,
        max: found.answers.max,
        yesNo: found.answers.max === 1,
      };

/** The level of a screener stands where others have a band; nothing is added up. */
const screened = (screener: Screener, given: Readonly<Record<string, number | null>>) => {
  const answers = Object.fromEntries(
    Object.entries(given).map(([id, answer]) => [id, answer === null ? null : answer === 1]),
  );
  return {
    measure: screener.id,
    version: screener.version,
    total: null,
    band: screenerLevel(screener, answers),
    flags: screener.items.filter(({ id }) => answers[id] === true).map(({ id }) => id),
    missing: stillToAsk(screener, answers),
    safety: afterScreener(screener, answers),
  };
};

const changed = (measure: Measure, baseline: number, total: number | null) => {
  try {
    // A baseline that cannot be is refused also where there is no total to compare it with.
    bandOf(measure, baseline);
  } catch (error) {
    if (!(error instanceof NotATotal)) throw error;
    throw new InputRefused([
      `--baseline: found ${baseline}; allowed: a total of ${measure.id}, from ${measure.min} to ${measure.max}`,
    ]);
  }
  return total === null ? null : changeSince(measure, baseline, total);
};

const scored = (measure: Measure, answers: Record<string, number | null>, baseline: number | undefined, sex: Sex) => {
  const { total, prorated, missing, flags } = score(measure, answers, sex);
  return {
    measure: measure.id,
    version: measure.version,
    total,
    band: total === null ? null : bandOf(measure, total),
    flags,
    prorated,
    missing,
    safety: afterAnswers(measure, answers),
    ...(baseline !== undefined && { baseline, change: changed(measure, baseline, total) }),
  };
};

const numberOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,6}(\.\d+)?$/.test(text))
    throw new InputRefused([`--baseline: found ${shown(text)}; allowed: a total, such as 16`]);
  return Number(text);
};

/** Scores as the command line asks; returns the exit status: 0 well, 2 wrong input. */
export const scoreCommand = (args: string[], around: Surroundings): Promise<0 | 2> =>
  answerAsJson(async () => {
    const options = parseOptions(args, OPTIONS);
    if (options.help) return USAGE;
    const found = await instrument(options.measure);
    const baseline = numberOf(options.baseline);
    const sex = parseInput(z.enum(['F', 'M', 'X']), options.sex, '--sex');
    if (options.answers === undefined)
      throw new InputRefused(['--answers: missing; allowed: a JSON file, or - for standard input']);
    const answers = readAnswers(formOf(found), await readJson(options.answers, 'answers', around, ANSWERS));
    if (!('kind' in found)) return scored(found, answers, baseline, sex);
    if (baseline !== undefined)
      throw new InputRefused([`--baseline: found ${baseline}; allowed: nothing, ${found.id} has no total`]);
    return screened(found, answers);
  }, around);
