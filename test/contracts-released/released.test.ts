import { describe, expect, it } from 'vitest';
import { machineNames } from '../../functions/contracts/deployment.ts';
import { OutboxItem } from '../../functions/contracts/outbox.ts';
import type { Run } from '../../functions/contracts/run.ts';
import { readMachines } from '../../local/clinic/machines.ts';
import { answers, released as releasedAnswer } from '../handlers/support/answers.ts';
import { call, functionNames, isFunction, load } from '../handlers/support/handlers.ts';
import { setUp, tokenOf } from '../local/state-machines/run-machine.ts';
import { released, releasedNames } from './released.ts';

/** An input with what it carries as JSON text laid open, as its schema reads it. */
const opened = (input: unknown): unknown =>
  JSON.parse(JSON.stringify(input), (key, value) =>
    key === 'Message' || (key === 'body' && typeof value === 'string') ? JSON.parse(value) : value,
  );

/*
 * Executions outlive deployments: what a released definition or a waiting schedule sends must still be understood.
 * These files only grow; an input that no longer parses is a contract that was broken.
 */
describe('What was released', () => {
  it('is kept for every deployed function and every state machine', () => {
    expect(releasedNames('handlers')).toEqual(expect.arrayContaining([...functionNames]));
    expect(releasedNames('machines')).toEqual(expect.arrayContaining([...machineNames]));
  });

  it.each(releasedNames('handlers').filter(isFunction))('still reaches %s, and nothing of it is lost', async (name) => {
    const { step } = await load(name);
    for (const input of released(`handlers/${name}`)) {
      const seen: unknown[] = [];
      const run = () => async (read: unknown) => {
        seen.push(read);
        return answers[name];
      };
      await call({ ...step, run }, undefined, input);
      expect(opened(input)).toMatchObject(seen[0] as object);
    }
  });

  it('is understood as it was by what carries out the outbox', () => {
    const items = released('outbox-items');
    expect(items.map((item) => OutboxItem.parse(item))).toMatchObject(items);
    const kinds = new Set(items.map((item) => OutboxItem.parse(item).kind));
    expect(OutboxItem.options.map(({ shape }) => shape.kind.value).filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  const machines = Object.fromEntries(readMachines().map(({ name, definition }) => [name, definition]));
  const inputs = releasedNames('machines').flatMap((name) =>
    released(`machines/${name}`).map((input, index) => [name, index + 1, input] as const),
  );

  it.each(inputs)(
    'still carries an execution of %s (input %i) to its end, over functions that read their inputs',
    async (name, _, input) => {
      const runs: Run[] = [];
      const asked = async (called: string, payload: unknown) => {
        if (!isFunction(called)) throw new Error(`no function ${called}`);
        const { step } = await load(called);
        const run = () => async (read: unknown) => {
          runs.push((read as { run: Run }).run);
          return answers[called];
        };
        return call({ ...step, run }, undefined, payload);
      };
      const world = setUp(
        machines,
        {},
        {
          async invokeFunction(called, payload) {
            const answer = await asked(called, payload);
            if (called === 'wait-for-answer' || called === 'wait-until')
              world.clock.at(world.clock.millis(), () =>
                world.runner.sendTaskSuccess(tokenOf([{ payload }]), releasedAnswer),
              );
            return answer;
          },
        },
      );
      const arn = await world.start(name, input);
      await world.clock.run();
      expect(world.summary(arn)).toMatchObject({ status: 'SUCCEEDED' });
      expect(world.runner.executions().filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
      expect(runs.length).toBeGreaterThan(0);
      for (const run of runs) expect(run).toEqual((input as { run: Run }).run);
    },
  );
});
