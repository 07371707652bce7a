import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../local/state-machines/execution.ts';
import type { ExecutionStore } from '../../../local/state-machines/execution-store.ts';
import { stateMachineRunner } from '../../../local/state-machines/runner.ts';
import { sqliteExecutions } from '../../../local/state-machines/sqlite-executions.ts';
import { virtualClock } from '../../../local/virtual-clock.ts';
import { callOf, machine, oneByOne } from './random-machine.ts';
import { NINE_O_CLOCK } from './run-machine.ts';

class Crash extends Error {}

/** A store that loses its process at one of its writes, just before it or just after; from then on it takes nothing more. */
const crashingAt = (store: ExecutionStore, write: number, afterwards: boolean) => {
  let writes = 0;
  const crashing: ExecutionStore = {
    ...store,
    save(change) {
      writes += 1;
      if (writes > write) throw new Crash();
      if (writes < write || afterwards) store.save(change);
      if (writes === write) throw new Crash();
    },
  };
  return { store: crashing, writes: () => writes };
};

/** What happened, without the numbers of the events: lines that run at one instant may take turns otherwise. */
const happened = (events: readonly HistoryEvent[]) =>
  events.map(({ id: _, previousEventId: __, ...event }) => JSON.stringify(event)).toSorted();

/** Events that follow on the same event and are of the same type: a state that was left twice, a task that was asked twice. */
const repeated = (events: readonly HistoryEvent[]) => {
  const fork = /^(Map|Parallel)StateStarted$/;
  const seen = new Set<string>();
  return events.filter(({ type, previousEventId }) => {
    const key = `${type} ${previousEventId}`;
    const isAgain = seen.has(key);
    seen.add(key);
    return isAgain && !type.endsWith('Aborted') && !fork.test(events[previousEventId - 1]?.type ?? '');
  });
};

const goesWrong = (events: readonly HistoryEvent[]) =>
  events.some(({ type }) => /Failed$|TimedOut$|Aborted$|^FailState/.test(type));

type Promised = { readonly at: number; readonly token: string };

/** Runs a machine to its end, through a crash at each of the given writes of each process. */
const runThrough = async (
  definition: Record<string, unknown>,
  crashes: readonly { write: number; after: boolean }[],
) => {
  const store = sqliteExecutions(':memory:');
  // Whoever was asked for an answer remembers it, whatever becomes of the runner.
  const promised = new Set<Promised>();
  let told = 0;
  let writes = 0;
  for (let process = 0; ; process += 1) {
    const crash = crashes[process];
    const crashing = crashingAt(store, crash?.write ?? Number.POSITIVE_INFINITY, crash?.after ?? false);
    const clock = virtualClock(Math.max(NINE_O_CLOCK, store.stood().now));
    const keep = (answer: Promised) =>
      void clock.at(answer.at, async () => {
        try {
          await runner.sendTaskSuccess(answer.token, {});
        } catch (error) {
          if (error instanceof Crash) throw error;
        }
        promised.delete(answer);
      });
    const runner = stateMachineRunner({
      clock,
      record: true,
      machines: [{ name: 'main', definition: { QueryLanguage: 'JSONata', ...definition } }],
      async invokeFunction(name, payload) {
        return callOf(name, payload, (token) => {
          const answer = { at: clock.millis() + 30_500, token };
          promised.add(answer);
          keep(answer);
        });
      },
      random: () => 0.5,
      store: crashing.store,
      onFinished: () => {
        told += 1;
      },
    });
    for (const answer of promised) keep(answer);
    try {
      const { executionArn } = await runner
        .startExecution({ stateMachine: 'main', name: 'one', input: {} })
        .catch((error) => {
          if (error.name !== 'ExecutionAlreadyExists') throw error;
          return { executionArn: store.executions()[0]?.executionArn ?? '' };
        });
      await clock.run();
      writes += crashing.writes();
      const events = store.events(executionArn);
      const summary = store.execution(executionArn);
      const left = store.interrupted().length;
      store.close();
      return { summary, events, told, writes, left };
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      writes += crashing.writes();
    }
  }
};

const crashes = fc.array(fc.record({ write: fc.nat(1000), after: fc.boolean() }), { maxLength: 3 });

const undisturbedAndNot = async (definition: Record<string, unknown>, where: { write: number; after: boolean }[]) => {
  const undisturbed = await runThrough(definition, []);
  expect(['SUCCEEDED', 'FAILED']).toContain(undisturbed.summary?.status);
  const disturbed = await runThrough(
    definition,
    where.map(({ write, after }) => ({ write: 1 + (write % undisturbed.writes), after })),
  );
  expect(disturbed.left).toBe(0);
  expect(disturbed.told).toBeGreaterThanOrEqual(1);
  return { undisturbed, disturbed };
};

describe('a machine made at random, on a runner that is lost and comes back', () => {
  test('goes on as if nothing had happened, event for event, where one thing happens at a time', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(oneByOne, crashes, async (definition, where) => {
        const { undisturbed, disturbed } = await undisturbedAndNot(definition, where);
        expect(disturbed.summary).toEqual(undisturbed.summary);
        expect(disturbed.events).toEqual(undisturbed.events);
      }),
      { numRuns: 300 },
    );
  });

  test('ends with each effect once, where several things happen at a time', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(machine, crashes, async (definition, where) => {
        const { undisturbed, disturbed } = await undisturbedAndNot(definition, where);
        const { events, summary } = disturbed;
        expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
        expect(repeated(events)).toEqual([]);
        expect(['SUCCEEDED', 'FAILED']).toContain(summary?.status);
        // What fails first takes its neighbours along, and which of two is first at one instant may differ.
        if (goesWrong(undisturbed.events)) return;
        expect(summary).toEqual(undisturbed.summary);
        expect(happened(events)).toEqual(happened(undisturbed.events));
      }),
      { numRuns: 300 },
    );
  });
});
