import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import type { OutboxDeps } from '../../functions/handlers/outbox/carry-out.ts';
import type { DomainEvent } from '../../functions/messengers/events.ts';
import { bundledData, keptProgram, libraryOf } from '../../functions/stores/bundled-library.ts';
import type { DeskPorts } from '../../functions/stores/journey/desk.ts';
import { journeyStore } from '../../functions/stores/journey-store.ts';
import type { RowDraft, Table } from '../../functions/stores/table.ts';
import type { EngineFactory, OneMachine } from '../rehearsal/engine.ts';
import { stateMachineRunner } from '../state-machines/runner.ts';
import { virtualClock } from '../virtual-clock.ts';
import { localCarriers } from './carriers.ts';
import { ADDRESSES, consultOf } from './consult.ts';
import { type Call, functionsOver } from './functions.ts';
import { readMachines } from './machines.ts';
import { memoryTable } from './memory-table.ts';
import { morningRound } from './morning-round.ts';
import { outboxStream } from './outbox-stream.ts';
import { auditEventOf, reader } from './reader.ts';
import { localSchedules } from './schedules.ts';
import { watchedTable } from './watched-table.ts';
import { localWorkflows } from './workflows.ts';

/** A function that no handler answers to was called. */
class NoSuchFunction extends Error {
  override readonly name = 'ResourceNotFoundException';
}

type Options = Parameters<EngineFactory>[0] & {
  /** Where its rows lie; without it in memory. */
  readonly store?: (newId: () => string) => Table & { close?(): void };
  /** Counting what AWS would bill costs time that a benchmark wants to see spent on journeys. */
  readonly counted?: boolean;
};

const BAD = {
  bouncing: new Set<string>([ADDRESSES.email.bounces]),
  unreachable: new Set<string>([ADDRESSES.mobile.undelivered]),
};

/** The whole clinic on one machine: the deployed handlers and state machines over local adapters, on a virtual clock. */
export const oneMachine = (options: Options): OneMachine & { close(): void } => {
  const clock = virtualClock(Date.parse(options.start));
  const listeners: ((event: AuditEvent) => void)[] = [];
  const used = { lambdaInvocations: 0 };
  let writes = 0;
  const newId = () => {
    writes += 1;
    return `w${writes.toString(36)}`;
  };
  const stored: Table & { close?(): void } = options.store?.(newId) ?? memoryTable({ newId, onlyAdded: 'audit#' });

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
  const round = morningRound(clock, options.library.clinic, () => invoke('send-digests'));
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
  const table = watchedTable(stored, { onPut, onDeleted: stream.deleted }, { counted: options.counted ?? true });

  const data = bundledData();
  const ports: DeskPorts = {
    table,
    now: clock.now,
    ordinal: () => String(clock.ordinal()).padStart(10, '0'),
    library: libraryOf({
      ...data,
      programs: options.library.programs.map(keptProgram),
      clinic: options.library.clinic,
    }),
  };
  const carriers = localCarriers(clock, BAD, invoke('on-message-event'));
  const schedules = localSchedules(clock, (target, input) => invoke(target)(input));
  const published: DomainEvent[] = [];
  const runner = stateMachineRunner({
    clock,
    machines: readMachines(),
    record: options.record,
    invokeFunction: (name, payload) => invoke(name)(payload),
    onFinished: ({ name, status }) => {
      if (status !== 'SUCCEEDED' && status !== 'RUNNING')
        void invoke('on-execution-ended')({ detail: { name, status } });
    },
  });
  const deps: OutboxDeps = {
    journeys: journeyStore(ports),
    email: carriers.email,
    sms: carriers.sms,
    now: clock.now,
    workflows: localWorkflows(() => runner),
    schedules: schedules.schedules,
    events: { publish: async (events) => void published.push(...events) },
  };
  const functions = functionsOver(deps);
  const read = reader(stored);
  let patients = 0;

  return {
    clock,
    ...read,
    onEvent: (listener) => void listeners.push(listener),
    async requestConsult({ program, patient }) {
      patients += 1;
      const pinned = options.library.programs.find(({ id }) => id === program);
      if (pinned === undefined) throw new NoSuchFunction(program);
      const answer = await deps.journeys.requestConsult({
        ...consultOf(patient, pinned, `patient-${patients}`),
        journeyId: journeyIdOf(options.seed, patients),
      });
      if (!answer.accepted) throw new NoSuchFunction(answer.reason);
      return { journeyId: answer.journeyId };
    },
    decideTask: ({ reason, ...decision }) => decided(invoke('decide-task')({ ...decision, reason: reason ?? null })),
    postCommand: ({ reason, ...request }) => decided(invoke('post-command')({ ...request, reason: reason ?? null })),
    openRows: async (journeyId) => ({
      ...(await read.openRows(journeyId)),
      schedules: schedules.names().filter((name) => name.startsWith(`${journeyId}.`)),
    }),
    executions: () => runner.executions(),
    usage: () => ({ ...used, ...table.usage, ...carriers.usage, ...schedules.usage }),
    close: () => stored.close?.(),
  };
};

/** Padded from the left: padded from the right, patients 1 and 36 would have one id. */
const journeyIdOf = (seed: number, patient: number): string =>
  `j${seed.toString(36)}x${patient.toString(36).padStart(5, '0')}`;

const decided = async (call: Promise<unknown>): Promise<{ accepted: boolean; reason?: string }> => {
  const answer = await call;
  const accepted = typeof answer === 'object' && answer !== null && 'accepted' in answer && answer.accepted === true;
  const reason = typeof answer === 'object' && answer !== null && 'reason' in answer ? answer.reason : undefined;
  return { accepted, ...(typeof reason === 'string' && { reason }) };
};
