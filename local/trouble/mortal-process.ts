import type { DeskPorts } from '../../functions/stores/journey/desk.ts';
import { journeyStore } from '../../functions/stores/journey-store.ts';
import { type Table, TableUnavailable } from '../../functions/stores/table.ts';
import { type Call, type ClinicDeps, functionsOver } from '../clinic/functions.ts';
import { localWorkflows } from '../clinic/workflows.ts';
import type { ExecutionSummary } from '../state-machines/execution.ts';
import type { ExecutionStore } from '../state-machines/execution-store.ts';
import { type StateMachineDefinition, stateMachineRunner } from '../state-machines/runner.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** The process in which this ran has died: nothing that it still meant to do happens. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** What may go wrong at one point: nothing, once more, or it is the last thing that the process does. */
export type Fate = 'well' | 'twice' | 'dies';

/** What outlives every process: the table, the executions, the schedules, the carriers, and whoever hears of an ended execution. */
export type Lasting = {
  readonly clock: VirtualClock;
  readonly table: Table;
  readonly executions: ExecutionStore;
  readonly machines: readonly StateMachineDefinition[];
  readonly ports: Omit<DeskPorts, 'table'>;
  readonly services: Pick<ClinicDeps, 'email' | 'sms' | 'schedules' | 'events'>;
  readonly onFinished: (ended: ExecutionSummary) => unknown;
  readonly fate: () => Fate;
};

export type MortalProcess = ReturnType<typeof mortalProcess>;

/** The functions and what runs the state machines, over what outlives them; one of its acts may be its last. */
export const mortalProcess = (lasting: Lasting) => {
  const { clock, table, executions, machines, ports, services, onFinished, fate } = lasting;
  let isAlive = true;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const never = new Promise<never>(() => undefined);

  const die = (): never => {
    isAlive = false;
    end();
    throw new Died();
  };
  const live = (): void => {
    if (!isAlive) throw new Died();
  };

  /** An act on something outside, which can be done again and changes nothing. */
  const act =
    <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      live();
      const result = await run(...args);
      live();
      const how = fate();
      if (how === 'dies') return die();
      if (how === 'twice') await run(...args).catch(() => undefined);
      return result;
    };
  const look =
    <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      live();
      const result = await run(...args);
      live();
      return result;
    };

  const mortalTable: Table = {
    get: look(table.get),
    query: look(table.query),
    async write(operations) {
      live();
      const version = await table.write(operations);
      live();
      const how = fate();
      if (how === 'dies') return die();
      // Its caller does not hear that it took effect, and does it again.
      if (how === 'twice') throw new TableUnavailable('the answer was lost');
      return version;
    },
  };

  const mortalClock: VirtualClock = {
    ...clock,
    at: (millis, run) =>
      clock.at(millis, async () => {
        if (!isAlive) return;
        try {
          await run();
        } catch (error) {
          if (!(error instanceof Died)) throw error;
        }
      }),
    track: (work) => {
      void clock.track(
        Promise.race([
          work.then(
            () => undefined,
            () => undefined,
          ),
          ended,
        ]),
      );
      return work;
    },
  };

  const runner = stateMachineRunner({
    clock: mortalClock,
    machines,
    record: false,
    // No jitter: what is tried again is tried at the same instant, so that times can be compared.
    random: () => 0,
    store: {
      ...executions,
      save(change) {
        live();
        executions.save(change);
        if (fate() === 'dies') die();
      },
    },
    invokeFunction: async (name, payload) => {
      const call = functions.get(name);
      if (call === undefined) throw new Error(`no function ${name}`);
      live();
      try {
        const answer = await clock.track(call(payload));
        return isAlive ? answer : await never;
      } catch (error) {
        if (!isAlive) return never;
        throw error;
      }
    },
    onFinished,
  });
  const workflows = localWorkflows(() => runner);
  const { email, sms, schedules, events } = services;
  const deps: ClinicDeps = {
    journeys: journeyStore({ ...ports, table: mortalTable }),
    email: { send: act(email.send) },
    sms: { send: act(sms.send) },
    now: clock.now,
    workflows: { start: act(workflows.start), succeed: act(workflows.succeed), status: look(workflows.status) },
    schedules: { put: act(schedules.put), remove: act(schedules.remove) },
    events: { publish: act(events.publish) },
  };
  const functions: ReadonlyMap<string, Call> = functionsOver(deps);
  return { functions, runner, isAlive: () => isAlive };
};
