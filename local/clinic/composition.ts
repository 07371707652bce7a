import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import type { DomainEvents } from '../../functions/messengers/events.ts';
import type { DeskPorts, Library } from '../../functions/stores/journey/desk.ts';
import type { LinkPorts } from '../../functions/stores/journey/mint-link.ts';
import { journeyStore } from '../../functions/stores/journey-store.ts';
import type { Table } from '../../functions/stores/table.ts';
import type { ExecutionStore } from '../state-machines/execution-store.ts';
import { stateMachineRunner } from '../state-machines/runner.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { inboundText, type LocalCarriers } from './carriers.ts';
import { decisions } from './decisions.ts';
import { type Call, type ClinicDeps, functionsOver } from './functions.ts';
import { readMachines } from './machines.ts';
import { reader } from './reader.ts';
import type { LocalSchedules } from './schedules.ts';
import { tableStream } from './table-stream.ts';
import { watchedTable } from './watched-table.ts';
import { type LocalWebhook, localWebhook } from './webhook.ts';
import { localWorkflows, tellingOfFailures } from './workflows.ts';

/** A function that no handler answers to was called. */
export class NoSuchFunction extends Error {
  override readonly name = 'ResourceNotFoundException';
}

/** What a clinic on one machine stands on. */
export type Ground = {
  readonly clock: VirtualClock;
  readonly table: Table;
  readonly ordinal: () => string;
  readonly library: Library;
  readonly clinic: Clinic;
  /** Left out where messages hold no links. */
  readonly links?: LinkPorts;
  /** Where executions outlive the process; without it in memory. */
  readonly executions?: ExecutionStore;
  readonly carriers: (report: Call) => LocalCarriers;
  readonly schedules: (fire: (target: string, input: unknown) => Promise<unknown>) => LocalSchedules;
  /** Another system on this machine that is told of events. */
  readonly webhook?: LocalWebhook;
  /** Keeps histories, inputs and outputs of executions. */
  readonly record: boolean | 'types';
  /** Counts what AWS would bill. */
  readonly counted: boolean;
};

const NOBODY_LISTENS: DomainEvents = { publish: async () => undefined };

/** The deployed handlers and state machines, put together over the adapters of one machine. */
export const composition = (ground: Ground) => {
  const { clock, clinic } = ground;
  const used = { lambdaInvocations: 0 };

  const call = (name: string) => {
    const found = functions.get(name);
    if (found === undefined) throw new NoSuchFunction(name);
    used.lambdaInvocations += 1;
    return found;
  };
  const invoke =
    (name: string): Call =>
    (event) =>
      clock.track(call(name)(event));

  const stream = tableStream(clock, clinic, {
    work: invoke('work-outbox'),
    sweep: invoke('sweep-outbox'),
    digests: invoke('send-digests'),
  });
  const table = watchedTable(ground.table, stream, { counted: ground.counted });
  const ports: DeskPorts = {
    table,
    now: clock.now,
    ordinal: ground.ordinal,
    library: ground.library,
    ...(ground.links !== undefined && { links: ground.links }),
  };
  const carriers = ground.carriers(invoke('on-message-event'));
  const schedules = ground.schedules((target, input) => invoke(target)(input));
  const deps: ClinicDeps = {
    journeys: journeyStore(ports),
    email: carriers.email,
    sms: carriers.sms,
    now: clock.now,
    workflows: localWorkflows(() => runner),
    schedules: schedules.schedules,
    events: ground.webhook === undefined ? NOBODY_LISTENS : localWebhook(ground.webhook, clock.now),
  };
  const functions = functionsOver(deps);
  const runner = stateMachineRunner({
    clock,
    machines: readMachines(),
    record: ground.record,
    ...(ground.executions !== undefined && { store: ground.executions }),
    invokeFunction: (name, payload) => invoke(name)(payload),
    onFinished: tellingOfFailures(invoke('on-execution-ended')),
  });

  return {
    clock,
    ports,
    journeys: deps.journeys,
    invoke,
    stream,
    runner,
    schedules,
    /** Hands in a text that somebody sent to the clinic's number, as its carrier would; from in E.164. */
    textIn: ({ from, text }: { from: string; text: string }): Promise<unknown> =>
      invoke('on-message-event')(inboundText(`${clock.now()}-${ground.ordinal()}`, from, text)),
    ...reader(ground.table),
    ...decisions(invoke),
    /** Tells every audit event as it commits, in order. */
    onEvent: stream.onEvent,
    usage: () => ({ ...used, ...table.usage, ...carriers.usage, ...schedules.usage }),
  };
};
