import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DeployedFunction, deployedFunctions, type FunctionName } from '../../functions/contracts/deployment.ts';
import { grantProblems, sourcesIn } from '../../infra/constructs/grant-use.ts';
import { bundleHandlers, bundleOf } from '../../infra/constructs/handler-code.ts';
import { functionNames } from '../../infra/constructs/house-functions.ts';
import { functionId } from '../../infra/names.ts';
import { testDeployment } from './support/deployment.ts';
import { theTemplate } from './support/stack.ts';

/** The most bytes of code that a function may have; data comes as files beside it. */
const LIMIT = 450_000;

/** What cannot do with that, and the most that it may have: each kB of theirs is counted in docs/performance.md. */
const LARGER: Readonly<Partial<Record<FunctionName, number>>> = {
  'serve-api': 635_000,
  'work-outbox': 550_000,
  'sweep-outbox': 550_000,
};

/** What a bundle says that makes no JSON Schemas. */
const LEFT_OUT = 'zod/v4/core/to-json-schema.js was left out of this bundle';

describe('Every handler, bundled as it is deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bundles-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const metafile = bundleHandlers(folder, testDeployment());
  const { outputs } = metafile;

  const sourcesOf = (name: FunctionName) => sourcesIn(metafile, bundleOf(folder, name));

  it('reads none of its data until it is asked for', () => {
    const script = `
      const { registerHooks } = require('node:module');
      const read = [];
      registerHooks({ load: (url, context, next) => { if (url.endsWith('.json')) read.push(url); return next(url, context); } });
      for (const file of process.argv.slice(1)) require(file);
      const early = [...read];
      require('./package.json');
      console.log(JSON.stringify({ early, watched: read.length - early.length }));`;
    const answer = execFileSync(
      process.execPath,
      ['--input-type=commonjs', '--eval', script, ...functionNames.map((name) => bundleOf(folder, name))],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(answer)).toEqual({ early: [], watched: 1 });
  });

  it('is required in plain Node, as Lambda does, and exports its handler', () => {
    // In a process of its own: the test runner would rewrite 10 MB of bundles before it runs them.
    const script = `
      const loaded = process.argv.slice(1).map((file) => require(file));
      console.log(JSON.stringify(loaded.map(({ handler }) => typeof handler)));`;
    const answer = execFileSync(
      process.execPath,
      ['--input-type=commonjs', '--eval', script, ...functionNames.map((name) => bundleOf(folder, name))],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(answer)).toEqual(functionNames.map(() => 'function'));
  });

  it.each(functionNames)('%s holds the code for each of its grants, and for nothing that it may not do', (name) => {
    expect(grantProblems(name, sourcesOf(name))).toEqual([]);
  });

  it('that may do what its code does not, or does what it may not, makes synth fail and is named', () => {
    expect(grantProblems('open-task', [])).toEqual([
      'Function "open-task" may read-table, write-table, but its code holds no functions/stores/dynamo-table.ts',
    ]);
    expect(grantProblems('open-task', [...sourcesOf('open-task'), 'functions/messengers/sms.ts'])).toEqual([
      'Function "open-task" holds functions/messengers/sms.ts, but has none of the grants send-sms',
    ]);
  });

  it.each(functionNames)('%s is no larger than it has to be', (name) => {
    const { size } = statSync(bundleOf(folder, name));
    expect(size).toBeLessThan(LARGER[name] ?? LIMIT);
  });

  it.each(functionNames)('%s has the data that it reads beside it, and no more', (name) => {
    const own = join(folder, name);
    const read = [...readFileSync(bundleOf(folder, name), 'utf8').matchAll(/\brequire\("(\.[^"]+)"\)/g)].map(
      ([, file]) => file,
    );
    const beside = readdirSync(own).filter((file) => !['index.js', 'package.json'].includes(file));
    expect(read.sort()).toEqual(beside.map((file) => `./${file}`).sort());
    const { grants }: DeployedFunction = deployedFunctions[name];
    const programs = beside.filter((file) => file.startsWith('northwest-iv-'));
    expect(programs).toHaveLength(grants.includes('read-table') ? 1 : 0);
  });

  it('none carries the words of zod in every language, nor ways to sign in that Lambda never uses', () => {
    const all = functionNames.flatMap((name) =>
      Object.entries(outputs[relative(process.cwd(), bundleOf(folder, name))]?.inputs ?? {})
        .filter(
          ([file, { bytesInOutput }]) =>
            bytesInOutput > 0 &&
            /locales\/(?!en\.)|nested-clients|provider-(sso|ini|http|process|web|login)|token-providers|imds/.test(
              file,
            ),
        )
        .map(([file]) => `${name}: ${file}`),
    );
    expect(all).toEqual([]);
  });

  it('needs nothing beside Node and its own data', () => {
    const asked = functionNames.flatMap((name) =>
      [...readFileSync(bundleOf(folder, name), 'utf8').matchAll(/\b(?:require|import)\("([^"]+)"\)/g)]
        .map(([, module = '']) => module)
        .filter((module) => !isBuiltin(module) && !module.startsWith('./')),
    );
    // Loaded by the SDK for calls that stream events, and for signatures of several regions; none of ours is.
    expect(new Set(asked)).toEqual(new Set(['@smithy/core/event-streams', '@aws-sdk/signature-v4-crt']));
  });

  it('makes JSON Schemas only where they were not left out', () => {
    const makes = functionNames.filter((name) =>
      sourcesOf(name).some(
        (file) => file.startsWith('functions/') && /\btoJSONSchema\(/.test(readFileSync(file, 'utf8')),
      ),
    );
    const can = functionNames.filter((name) => !readFileSync(bundleOf(folder, name), 'utf8').includes(LEFT_OUT));
    expect(can).toEqual(makes);
  });

  it.each(functionNames)('%s is given every setting that its code asks for, and no other', (name) => {
    const asked = sourcesOf(name)
      .filter((file) => file.startsWith('functions/'))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\benv\('(\w+)'\)/g)].map(([, setting]) => setting))
      // Lambda itself gives region and role; a template may not.
      .filter((setting) => !setting?.startsWith('AWS_'));
    const given = theTemplate().toJSON().Resources[functionId(name)].Properties.Environment.Variables;
    expect(Object.keys(given).sort()).toEqual([...new Set(asked)].sort());
  });
});
