import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import type { OutboxDeps } from '../../functions/handlers/outbox/carry-out.ts';
import type { DeskPorts, Library } from '../../functions/stores/journey/desk.ts';
import { journeyStore } from '../../functions/stores/journey-store.ts';
import type { RowDraft, Table } from '../../functions/stores/table.ts';
import type { Accepted, CommandRequest, Decision } from '../rehearsal/engine.ts';
import type { ExecutionStore } from '../state-machines/execution-store.ts';
import { stateMachineRunner } from '../state-machines/runner.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { LocalCarriers } from './carriers.ts';
import { type Call, functionsOver } from './functions.ts';
import { readMachines } from './machines.ts';
import { morningRound } from './morning-round.ts';
import { outboxStream } from './outbox-stream.ts';
import { auditEventOf, reader } from './reader.ts';
import type { LocalSchedules } from './schedules.ts';
import { watchedTable } from './watched-table.ts';
import { localWorkflows } from './workflows.ts';

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
  /** Where executions outlive the process; without it in memory. */
  readonly executions?: ExecutionStore;
  readonly carriers: (report: Call) => LocalCarriers;
  readonly schedules: (fire: (target: string, input: unknown) => Promise<unknown>) => LocalSchedules;
  /** Keeps histories, inputs and outputs of executions. */
  readonly record: boolean | 'types';
  /** Counts what AWS would bill. */
  readonly counted: boolean;
};

/** The deployed handlers and state machines, put together over the adapters of one machine. */
export const composition = (ground: Ground) => {
  const { clock, clinic } = ground;
  const listeners: ((event: AuditEvent) => void)[] = [];
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

  const stream = outboxStream(clock, () => ({ work: invoke('work-outbox'), sweep: invoke('sweep-outbox') }));
  const round = morningRound(clock, clinic, () => invoke('send-digests'));
  const onPut = (rows: readonly RowDraft[]): void => {
    for (const row of rows) {
      const event = auditEventOf(row);
      if (event !== undefined) {
        round.hear(event);
        for (const listen of listeners) listen(event);
      }
      stream.put(row);
    }
  };
  const table = watchedTable(ground.table, { onPut, onDeleted: stream.deleted }, { counted: ground.counted });
  const ports: DeskPorts = { table, now: clock.now, ordinal: ground.ordinal, library: ground.library };
  const carriers = ground.carriers(invoke('on-message-event'));
  const schedules = ground.schedules((target, input) => invoke(target)(input));
  const deps: OutboxDeps = {
    journeys: journeyStore(ports),
    email: carriers.email,
    sms: carriers.sms,
    now: clock.now,
    workflows: localWorkflows(() => runner),
    schedules: schedules.schedules,
    // Nobody listens on one machine.
    events: { publish: async () => undefined },
  };
  const functions = functionsOver(deps);
  const runner = stateMachineRunner({
    clock,
    machines: readMachines(),
    record: ground.record,
    ...(ground.executions !== undefined && { store: ground.executions }),
    invokeFunction: (name, payload) => invoke(name)(payload),
    onFinished: ({ name, status }) =>
      status === 'SUCCEEDED' || status === 'RUNNING'
        ? undefined
        : invoke('on-execution-ended')({ detail: { name, status } }),
  });

  return {
    clock,
    ports,
    journeys: deps.journeys,
    invoke,
    stream,
    round,
    runner,
    schedules,
    ...reader(ground.table),
    decideTask: ({ reason, ...decision }: Decision) =>
      decided(invoke('decide-task')({ ...decision, reason: reason ?? null })),
    postCommand: ({ reason, ...request }: CommandRequest) =>
      decided(invoke('post-command')({ ...request, reason: reason ?? null })),
    /** Tells every audit event as it commits, in order. */
    onEvent: (listener: (event: AuditEvent) => void) => void listeners.push(listener),
    usage: () => ({ ...used, ...table.usage, ...carriers.usage, ...schedules.usage }),
  };
};

const decided = async (call: Promise<unknown>): Promise<Accepted> => {
  const answer = await call;
  const accepted = typeof answer === 'object' && answer !== null && 'accepted' in answer && answer.accepted === true;
  const reason = typeof answer === 'object' && answer !== null && 'reason' in answer ? answer.reason : undefined;
  return { accepted, ...(typeof reason === 'string' && { reason }) };
};
