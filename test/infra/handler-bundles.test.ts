import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { FunctionName } from '../../functions/contracts/deployment.ts';
import { grantProblems, sourcesIn } from '../../infra/constructs/grant-use.ts';
import { bundleHandlers } from '../../infra/constructs/handler-code.ts';
import { functionNames } from '../../infra/constructs/house-functions.ts';
import { functionId } from '../../infra/names.ts';
import { testDeployment } from './support/deployment.ts';
import { theTemplate } from './support/stack.ts';

/** What carries everything out that may follow a commit holds every act, the API all that people may do; the others hold their own. */
const WHOLE_STORE: ReadonlySet<FunctionName> = new Set(['work-outbox', 'sweep-outbox', 'serve-api']);

describe('Every handler, bundled as it is deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bundles-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const metafile = bundleHandlers(folder, testDeployment());
  const { outputs } = metafile;

  const sourcesOf = (name: FunctionName) => sourcesIn(metafile, join(folder, name, 'index.mjs'));

  it('loads in plain Node and exports its handler', () => {
    // In a process of its own: the test runner would rewrite 30 MB of bundles before it runs them.
    const script = `
      const loaded = await Promise.all(process.argv.slice(1).map((file) => import(file)));
      console.log(JSON.stringify(loaded.map(({ handler }) => typeof handler)));`;
    const urls = functionNames.map((name) => pathToFileURL(join(folder, name, 'index.mjs')).href);
    const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', script, ...urls], {
      encoding: 'utf8',
    });
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

  it.each(functionNames)('%s is no larger than it has to be, beside the data that it carries', (name) => {
    const inputs = outputs[relative(process.cwd(), join(folder, name, 'index.mjs'))]?.inputs ?? {};
    const code = Object.entries(inputs)
      .filter(([file]) => !file.endsWith('.json') && !/metadata\.min\.json/.test(file))
      .reduce((bytes, [, { bytesInOutput }]) => bytes + bytesInOutput, 0);
    expect(code).toBeLessThan(WHOLE_STORE.has(name) ? 900_000 : 600_000);
  });

  it('none carries the words of zod in every language, nor ways to sign in that Lambda never uses', () => {
    const all = functionNames.flatMap((name) =>
      Object.entries(outputs[relative(process.cwd(), join(folder, name, 'index.mjs'))]?.inputs ?? {})
        .filter(
          ([file, { bytesInOutput }]) =>
            bytesInOutput > 0 && /locales\/(?!en\.)|nested-clients|provider-sso/.test(file),
        )
        .map(([file]) => `${name}: ${file}`),
    );
    expect(all).toEqual([]);
  });

  it.each(functionNames)('%s is given every setting that its code asks for, and no other', (name) => {
    const asked = sourcesOf(name)
      .filter((file) => file.startsWith('functions/'))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\benv\('(\w+)'\)/g)].map(([, setting]) => setting));
    const given = theTemplate().toJSON().Resources[functionId(name)].Properties.Environment.Variables;
    expect(Object.keys(given).sort()).toEqual([...new Set(asked)].sort());
  });
});
