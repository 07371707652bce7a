import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callOf, machine } from './random-machine.ts';
import { setUp } from './run-machine.ts';

const runOnce = async (definition: Record<string, unknown>) => {
  let called = 0;
  const { clock, runner, start, summary } = setUp(
    { main: { QueryLanguage: 'JSONata', ...definition } },
    {},
    {
      async invokeFunction(name, payload) {
        called += 1;
        return callOf(name, payload, (token) => {
          clock.at(clock.millis() + 30_000, () => runner.sendTaskSuccess(token, {}).catch(() => undefined));
        });
      },
    },
  );
  const arn = await start('main');
  const ended = await clock.run();
  return { ...summary(arn), ended, called };
};

describe('a machine made at random', () => {
  test('always ends, the same way each time, with a history in order that counts what was billed', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(machine, async (definition) => {
        const first = await runOnce(definition);
        expect(first.ended).toBe('idle');
        expect(['SUCCEEDED', 'FAILED']).toContain(first.status);
        expect(await runOnce(definition)).toEqual(first);
        const events = first.events ?? [];
        expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
        for (const { id, previousEventId } of events) expect(previousEventId).toBeLessThan(id);
        const entered = events.filter(({ type }) => type.endsWith('StateEntered')).length;
        expect(first.transitions).toBeGreaterThanOrEqual(entered);
        expect(events.filter(({ type }) => type === 'TaskStarted')).toHaveLength(first.called);
        expect(events.filter(({ type }) => /^Execution(Succeeded|Failed)$/.test(type))).toHaveLength(1);
        const last = events.map(({ timestamp }) => timestamp);
        expect(last).toEqual([...last].sort());
      }),
      { numRuns: 300 },
    );
  });
});
