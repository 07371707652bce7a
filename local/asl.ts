import { readFileSync } from 'node:fs';
import { compareCase } from './state-machines/compare-case.ts';
import { isObject } from './state-machines/plain-json.ts';
import { type CaseResult, runCase } from './state-machines/run-case.ts';

// A reader who stops reading is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const usage = 'Usage: npm run -s asl -- FILE [--check] [--history]   (FILE may be - for standard input)';

/** Says what is wrong with the call or the file, and ends. */
const give = (message: string): never => {
  console.error(message);
  process.exit(2);
};

const readCases = (file: string): unknown[] => {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    return give(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  let cases: unknown;
  try {
    cases = JSON.parse(text);
  } catch (error) {
    return give(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return Array.isArray(cases) ? cases : give(`${file} holds no JSON array of cases.`);
};

/** How a result differs from what its case expects. */
const differencesOf = (one: unknown, result: CaseResult): string[] => {
  try {
    return isObject(one) ? compareCase(one, result) : ['the case is no object'];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return ['what is expected is nested too deeply'];
  }
};

const textOf = (result: CaseResult): string => {
  try {
    return JSON.stringify(result, null, 2);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { output: _, events: __, ...rest } = result;
    return JSON.stringify({ ...rest, cause: 'What came out is nested too deeply to be printed.' }, null, 2);
  }
};

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('--'));
const unknown = flags.find((flag) => flag !== '--check' && flag !== '--history');
if (unknown !== undefined) give(`${unknown} is not an option. ${usage}`);
const [file] = args.filter((arg) => !arg.startsWith('--'));
const cases = readCases(file ?? give(usage));
const isCheck = flags.includes('--check');
let differ = 0;
// One case at a time: the histories of many would not fit into one text.
if (!isCheck) process.stdout.write('[');
for (const [index, one] of cases.entries()) {
  const result = await runCase(one, index, flags.includes('--history'));
  const differences = isCheck ? differencesOf(one, result) : [];
  if (differences.length > 0) differ += 1;
  for (const difference of differences) console.log(`${String(result.id)}: ${difference}`);
  if (!isCheck) process.stdout.write(`${index === 0 ? '' : ','}\n${textOf(result)}`);
}
if (isCheck) {
  console.log(`${cases.length - differ} agree, ${differ} differ`);
  process.exitCode = differ === 0 ? 0 : 1;
} else process.stdout.write('\n]\n');
