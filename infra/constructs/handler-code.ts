import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { buildSync, type Metafile } from 'esbuild';
import { deployedFunctions, type FunctionName } from '../../functions/contracts/deployment.ts';
import { handlerFile } from '../names.ts';
import { putDataBeside } from './beside-code.ts';
import { grantProblems, sourcesIn } from './grant-use.ts';

// CommonJS packages in an ES module still ask for Node's own modules by require.
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Lambda hands credentials over in the environment, where the SDK looks first. The ways of laptops, containers and single sign-on are
 * loaded only when it finds none there: they stay out, about 100 kB in each function.
 */
const CREDENTIALS_OF_OTHER_PLACES = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/nested-clients',
  '@aws-sdk/token-providers',
  '@smithy/credential-provider-imds',
] as const;

/** Loaded by the SDK only for calls that stream events, which none of ours does: 16 kB in each function. */
const STREAMS_OF_EVENTS = '@smithy/core/event-streams';

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

/** Bundles files as `<name>/index`, as functions are deployed. Data in JSON is not code: it comes as files beside it. */
export const bundleFiles = (
  outdir: string,
  files: Readonly<Record<string, string>>,
  alias: Readonly<Record<string, string>> = {},
): Metafile => {
  const { metafile } = buildSync({
    entryPoints: Object.fromEntries(Object.entries(files).map(([name, file]) => [join(name, 'index'), file])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'error',
    external: [...CREDENTIALS_OF_OTHER_PLACES, STREAMS_OF_EVENTS],
    loader: { '.json': 'copy' },
    // The clinic's own files take the place of those that are read while developing (package.json, imports).
    alias: { ...alias },
  });
  for (const name of Object.keys(files)) putDataBeside(join(outdir, name, 'index.mjs'));
  return metafile;
};

/** The code of functions and their permissions do not fit each other; one line a difference. */
export class WrongGrants extends Error {
  override readonly name = 'WrongGrants';
}

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(deployedFunctions, name);

const problemsIn = (metafile: Metafile, folder: string): readonly string[] =>
  Object.keys(deployedFunctions)
    .filter(isFunctionName)
    .flatMap((name) => grantProblems(name, sourcesIn(metafile, join(folder, name, 'index.mjs'))));

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
