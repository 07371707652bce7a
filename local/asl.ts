import { readFileSync } from 'node:fs';
import { compareCase } from './state-machines/compare-case.ts';
import { isObject } from './state-machines/plain-json.ts';
import { type CaseResult, runCase } from './state-machines/run-case.ts';

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

/** Compares the results with what the file expects and says how many agree. */
const check = (cases: unknown[], results: CaseResult[]): boolean => {
  let differ = 0;
  for (const [index, result] of results.entries()) {
    const expectation = cases[index];
    const differences = isObject(expectation) ? compareCase(expectation, result) : ['the case is no object'];
    if (differences.length > 0) differ += 1;
    for (const difference of differences) console.log(`${String(result.id)}: ${difference}`);
  }
  console.log(`${results.length - differ} agree, ${differ} differ`);
  return differ === 0;
};

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('--'));
const unknown = flags.find((flag) => flag !== '--check' && flag !== '--history');
if (unknown !== undefined) give(`${unknown} is not an option. ${usage}`);
const [file] = args.filter((arg) => !arg.startsWith('--'));
const cases = readCases(file ?? give(usage));
const results: CaseResult[] = [];
for (const [index, one] of cases.entries()) results.push(await runCase(one, index, flags.includes('--history')));
if (flags.includes('--check')) process.exitCode = check(cases, results) ? 0 : 1;
else console.log(JSON.stringify(results, null, 2));
