import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { deployedFunctions, type FunctionName } from '../../functions/contracts/deployment.ts';
import { released } from '../contracts-released/released.ts';
import { answers } from './support/answers.ts';
import { type AnyStep, call, fileOf, filesIn, functionNames, load, refusalOf, taskNames } from './support/handlers.ts';
import { HOSTILE, spoilt } from './support/hostile.ts';

/** A schedule's event, in which nothing is read. */
const READS_NOTHING: ReadonlySet<FunctionName> = new Set([
  'sweep-outbox',
  'reconcile-journeys',
  'send-digests',
  'watch-clinic',
]);

/** `check-gate: gate (invalid_value); facts.* (too_small)`: the function, then paths of our own words with zod's codes. */
const PATHS_ONLY = /^[a-z-]+: [\w.]+(\.\*)? \([a-z_]+\)(; [\w.]+(\.\*)? \([a-z_]+\))*$/;

const answering = (step: AnyStep, given: unknown): AnyStep => ({ ...step, run: () => async () => given });
const some = { given: 'ports' };

describe('The handlers', () => {
  it.each(['tasks', 'api', 'events'] as const)(
    'of %s are one file for each deployed function, and no other',
    (folder) => {
      const deployed = functionNames.filter((name) => deployedFunctions[name].folder === folder);
      expect(filesIn(folder).sort()).toEqual([...deployed].sort());
    },
  );

  it.each(functionNames)('%s exports its handler and a step of its own name', async (name) => {
    const { step, handler } = await load(name);
    expect(step.name).toBe(name);
    expect(handler).toBeTypeOf('function');
  });

  // In a process of its own, which has all of the SDK to load.
  it('do nothing when they are imported: no setting is read, no SDK client made, nothing written', () => {
    const settings = /\benv\('(\w+)'\)/g;
    const wiring = filesIn('wiring').map((file) =>
      fileURLToPath(new URL(`../../functions/handlers/wiring/${file}.ts`, import.meta.url)),
    );
    const known = wiring.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(settings)].map(([, setting]) => setting ?? ''),
    );
    expect(known).toContain('TABLE');
    const watcher = fileURLToPath(new URL('./support/watch-imports.ts', import.meta.url));
    const said = execFileSync(
      process.execPath,
      ['--no-warnings', watcher, known.join(), ...functionNames.map(fileOf)],
      {
        encoding: 'utf8',
      },
    );
    expect(JSON.parse(said)).toEqual({
      imported: functionNames.length,
      read: [],
      made: [],
      watched: ['DynamoDBClient', 'TABLE'],
    });
  }, 30_000);
});

describe.each(functionNames)('%s', (name) => {
  const [input] = released(`handlers/${name}`);

  it.each(READS_NOTHING.has(name) ? [] : HOSTILE)(
    'refuses input spoilt by %j as BadInput, by paths and never by values',
    async (text) => {
      const { step } = await load(name);
      const quiet = answering(step, answers[name]);
      let refused = 0;
      for (const event of spoilt(input, text)) {
        if (step.input.safeParse(event).success) continue;
        const error = await refusalOf(call(quiet, some, event));
        refused += 1;
        expect(error).toMatchObject({ name: 'BadInput', step: name });
        expect(error.message).toMatch(PATHS_ONLY);
        expect(`${error.message}${JSON.stringify(error)}${String(error.cause)}`).not.toContain(text);
      }
      expect(refused).toBeGreaterThan(4);
    },
  );

  it.each([[null], ['Ana Souza'], [42], [[]]])('refuses %j for an input', async (event) => {
    const { step } = await load(name);
    expect(await refusalOf(call(answering(step, answers[name]), some, event))).toMatchObject({ name: 'BadInput' });
  });

  it('gives its answer as it is, and refuses one that holds more than its contract as BadOutput', async () => {
    const { step } = await load(name);
    await expect(call(answering(step, answers[name]), some, input)).resolves.toEqual(answers[name]);
    for (const text of HOSTILE) {
      const error = await refusalOf(call(answering(step, { ...answers[name], [text]: text }), some, input));
      expect(error.name).toBe('BadOutput');
      expect(error.message).toMatch(PATHS_ONLY);
    }
  });

  it('lets no fact through that took the place of one of its words', async () => {
    const { step } = await load(name);
    for (const event of spoilt(answers[name], 'Ana Souza')) {
      if (step.output.safeParse(event).success) continue;
      const error = await refusalOf(call(answering(step, event), some, input));
      expect(error.name).toBe('BadOutput');
      expect(error.message).not.toContain('Ana');
    }
  });
});

describe('A task of a state machine', () => {
  it.each(taskNames)('%s hands on what the store answers, and nothing that is not in its contract', async (name) => {
    const { step } = await load(name);
    const store = new Proxy({}, { get: () => async () => ({ ...answers[name], release: null }) });
    const workflows = { succeed: async () => undefined };
    const [input] = released(`handlers/${name}`);
    const answer = call(step, { journeys: store, workflows }, input);
    if (name === 'wait-for-answer' || name === 'wait-until') await expect(answer).resolves.toEqual({});
    else expect((await refusalOf(answer)).message).toBe(`${name}: input (unrecognized_keys)`);
  });
});
