import * as z from 'zod';
import { InputRefused, parseInput } from '../../functions/domain/problems.ts';
import { FactSheet, parseFacts } from '../../functions/domain/screening/facts.ts';
import { parseRuleset, type Ruleset } from '../../functions/domain/screening/ruleset.ts';
import { type ScreeningPolicy, screen } from '../../functions/domain/screening/screen.ts';
import { parseOptions } from '../command-line/parse-options.ts';
import { readClinic } from '../rehearsal/library.ts';
import { readJsonFile } from '../rehearsal/read-json.ts';
import { answerAsJson, readJson, type Surroundings } from './command.ts';
import { programFile } from './program-file.ts';

const USAGE = `npm run -s screen -- --facts FILE [--clinic FILE]

  --facts FILE    one fact sheet as JSON, or a list of them; - reads standard input
  --clinic FILE   settings over the default clinic's: "policy": {"screening": ...} takes another position
`;

const OPTIONS = {
  facts: { type: 'string' },
  clinic: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

// A sheet is about 1.4 kB: room for a hundred thousand, and below the longest text that JavaScript holds.
const SHEETS = { mostBytes: 400_000_000, holds: 'one fact sheet, or a list of them' };

/** What is told of one screening: what decides, everything that matched, and the version of the table. */
const told = (facts: FactSheet, ruleset: Ruleset, policy: ScreeningPolicy) => {
  const { disposition, reasons, reasonOutcomes, notes, fired, rulesetVersion } = screen(facts, ruleset, policy);
  return {
    disposition,
    reasons,
    reasonOutcomes: Object.fromEntries(reasons.map((reason) => [reason, reasonOutcomes[reason]])),
    notes,
    firedRules: fired.map(({ rule }) => rule),
    rulesetVersion,
  };
};

const policyOf = async (clinic: string | undefined): Promise<ScreeningPolicy> => {
  const over = clinic === undefined ? {} : await readJsonFile(clinic, 'clinic');
  return (await readClinic(parseInput(z.looseObject({}), over, 'clinic'), 'clinic')).policy.screening;
};

/** Screens as the command line asks; returns the exit status: 0 well, 2 wrong input. */
export const screenCommand = (args: string[], around: Surroundings): Promise<0 | 2> =>
  answerAsJson(async () => {
    const { facts: file, clinic, help } = parseOptions(args, OPTIONS);
    if (help) return USAGE;
    if (file === undefined) throw new InputRefused(['--facts: missing; allowed: a JSON file, or - for standard input']);
    const sheets = await readJson(file, 'facts', around, SHEETS);
    const policy = await policyOf(clinic);
    const ruleset = parseRuleset(await programFile('screening/kap-screening.json'));
    return Array.isArray(sheets)
      ? parseInput(z.array(FactSheet), sheets, 'facts').map((facts) => told(facts, ruleset, policy))
      : told(parseFacts(sheets), ruleset, policy);
  }, around);
