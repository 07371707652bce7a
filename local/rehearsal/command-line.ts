import { open } from 'node:fs/promises';
import { InputRefused } from '../../functions/domain/problems.ts';
import { telling } from '../command-line/telling.ts';
import { unlike } from '../trouble/same-journey.ts';
import { troubledMachine } from '../trouble/troubled-machine.ts';
import type { EngineFactory } from './engine.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { printRehearsal } from './print.ts';
import { parseJson, readJsonFile, readText } from './read-json.ts';
import { shortcomings } from './result.ts';
import { type Rehearsal, rehearse } from './run.ts';
import { readScenario, type Scenario } from './scenario.ts';
import { wantsColour } from './style.ts';

/** What the command line has around it. */
export type Surroundings = {
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: { write(text: string): unknown; isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const scenarioOf = async ({ program, scenario }: Options, { stdin }: Surroundings): Promise<Scenario> => {
  if (scenario === undefined) return readScenario({ program: program ?? 'northwest-iv' });
  const file =
    scenario === '-'
      ? parseJson(await readText(stdin, 'scenario'), 'scenario')
      : await readJsonFile(scenario, 'scenario');
  return readScenario(program !== undefined && isObject(file) ? { ...file, program } : file);
};

/** Opens the file for the histories first, so that a long rehearsal is not for nothing. */
const openRecord = async (path: string | undefined) => {
  if (path === undefined) return undefined;
  return open(path, 'w').catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new InputRefused([`--record: cannot write ${JSON.stringify(path)} (${said}); a file that may be written`], {
      cause,
    });
  });
};

const sayWhy = ({ result, failure }: Rehearsal, unlikeness: string[], stderr: Surroundings['stderr']): 0 | 1 => {
  const reasons = [...shortcomings(result), ...unlikeness];
  if (failure !== undefined)
    reasons.push(
      `the engine broke off: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`,
    );
  for (const reason of reasons) stderr.write(`${reason}\n`);
  return reasons.length === 0 ? 0 : 1;
};

const run = async (options: Options, engine: EngineFactory, around: Surroundings): Promise<0 | 1> => {
  const scenario = await scenarioOf(options, around);
  const file = await openRecord(options.record);
  try {
    const { trouble } = scenario;
    const rehearsal = await rehearse(scenario, trouble === undefined ? engine : troubledMachine(trouble));
    const without = trouble && (await rehearse(scenario, engine));
    around.stdout.write(
      options.json
        ? `${JSON.stringify(rehearsal.result)}\n`
        : printRehearsal(rehearsal, wantsColour(around.stdout, around.env)),
    );
    // With --json stdout holds the one object, so what did not go as the scenario meant is told beside it.
    if (options.json) for (const remark of rehearsal.remarks) around.stderr.write(`${remark}\n`);
    for (const execution of file === undefined ? [] : rehearsal.executions)
      await file?.write(`${JSON.stringify(execution)}\n`);
    return sayWhy(
      rehearsal,
      trouble && without ? unlike(without.result, rehearsal.result, trouble) : [],
      around.stderr,
    );
  } finally {
    await file?.close();
  }
};

/** Rehearses as the command line asks; returns the exit status: 0 well, 1 not as it should be, 2 wrong input. */
export const rehearseCommand = (args: string[], engine: EngineFactory, around: Surroundings): Promise<0 | 1 | 2> =>
  telling(around, async () => {
    const options = readOptions(args);
    if (!options.help) return run(options, engine, around);
    around.stdout.write(USAGE);
    return 0;
  });
