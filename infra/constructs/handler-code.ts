import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Metafile } from 'esbuild';
import { deployedFunctions, type FunctionName } from '../../functions/contracts/deployment.ts';
import { handlerFile } from '../names.ts';
import { putDataBeside } from './beside-code.ts';
import { grantProblems, sourcesIn } from './grant-use.ts';
import type { Bundling } from './run-esbuild.ts';

/** The only functions that make JSON Schemas: of the API, for its document, and of what a form asks for. */
const MAKE_JSON_SCHEMAS: readonly FunctionName[] = ['serve-api'];

/** A handler that the table of functions names has no file yet. */
export class MissingHandlers extends Error {
  override readonly name = 'MissingHandlers';
}

const entryPoints = (): Readonly<Record<string, string>> => {
  const entries = Object.entries(deployedFunctions).map(
    ([name, { folder }]) => [name, handlerFile(folder, name)] as const,
  );
  const missing = entries.filter(([, file]) => !existsSync(file)).map(([, file]) => file);
  if (missing.length > 0) throw new MissingHandlers(`These handlers do not exist:\n${missing.join('\n')}`);
  return Object.fromEntries(entries);
};

/** The clinic's own files that go into the code: its people and rules, and the programs that it brought. */
export type ClinicFiles = { readonly clinic: string; readonly ownPrograms: readonly string[] };

/** One list of the programs, where the bundler finds it. */
const programList = (outdir: string, programs: readonly string[]): string => {
  const file = join(outdir, 'programs.json');
  mkdirSync(outdir, { recursive: true });
  writeFileSync(file, `[${programs.map((path) => readFileSync(path, 'utf8')).join(',')}]`);
  return file;
};

/** Bundles every handler with the AWS SDK in one run of esbuild: one run for each would take half a minute. */
export const bundleHandlers = (outdir: string, { clinic, ownPrograms }: ClinicFiles): Metafile =>
  bundleFiles(outdir, entryPoints(), { '#clinic': clinic, '#programs': programList(outdir, ownPrograms) });

/** Bundles files as `<name>/index.js`, as functions are deployed. Data in JSON is not code: it comes as files beside it. */
export const bundleFiles = (
  outdir: string,
  files: Readonly<Record<string, string>>,
  alias: Readonly<Record<string, string>> = {},
): Metafile => {
  const bundling: Bundling = { outdir, files, alias, jsonSchemas: MAKE_JSON_SCHEMAS };
  const written = execFileSync(process.execPath, ['--no-warnings', join(import.meta.dirname, 'run-esbuild.ts')], {
    input: JSON.stringify(bundling),
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  for (const name of Object.keys(files)) {
    putDataBeside(bundleOf(outdir, name));
    // Node need not read the code first to know what it is, wherever the folder lies.
    writeFileSync(join(outdir, name, 'package.json'), '{"type":"commonjs"}');
  }
  return JSON.parse(written);
};

/** The file of a function's code in a folder of bundles. */
export const bundleOf = (outdir: string, name: string): string => join(outdir, name, 'index.js');

/** The code of functions and their permissions do not fit each other; one line a difference. */
export class WrongGrants extends Error {
  override readonly name = 'WrongGrants';
}

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(deployedFunctions, name);

const problemsIn = (metafile: Metafile, folder: string): readonly string[] =>
  Object.keys(deployedFunctions)
    .filter(isFunctionName)
    .flatMap((name) => grantProblems(name, sourcesIn(metafile, bundleOf(folder, name))));

const bundled = new Map<string, string>();

const bundleFolder = (files: ClinicFiles): string => {
  const key = JSON.stringify(files);
  const made = bundled.get(key);
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), 'throughline-handlers-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const problems = problemsIn(bundleHandlers(folder, files), folder);
  if (problems.length > 0) throw new WrongGrants(problems.join('\n'));
  bundled.set(key, folder);
  return folder;
};

/** The code of one function; where CDK is told to skip bundling, as tests do, any folder stands in for it. */
export const handlerCode = (scope: Construct, name: FunctionName, files: ClinicFiles): Code =>
  Code.fromAsset(
    Stack.of(scope).bundlingRequired
      ? join(bundleFolder(files), name)
      : dirname(handlerFile(deployedFunctions[name].folder, name)),
  );
