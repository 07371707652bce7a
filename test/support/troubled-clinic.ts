import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import type { DeskPorts } from '../../functions/stores/journey/desk.ts';
import { auditEventOf } from '../../functions/stores/journey-rows.ts';
import { journeyStore } from '../../functions/stores/journey-store.ts';
import { type Row, type RowDraft, type Table, TableUnavailable } from '../../functions/stores/table.ts';
import { localCarriers } from '../../local/clinic/carriers.ts';
import { BAD_ADDRESSES, consultOf } from '../../local/clinic/consult.ts';
import { decisions } from '../../local/clinic/decisions.ts';
import type { ClinicDeps } from '../../local/clinic/functions.ts';
import { type Call, functionsOver } from '../../local/clinic/functions.ts';
import { readMachines } from '../../local/clinic/machines.ts';
import { memoryTable } from '../../local/clinic/memory-table.ts';
import { reader } from '../../local/clinic/reader.ts';
import { rehearsedLibrary } from '../../local/clinic/rehearsed-library.ts';
import { localSchedules } from '../../local/clinic/schedules.ts';
import { watchedTable } from '../../local/clinic/watched-table.ts';
import { localWorkflows, tellingOfFailures } from '../../local/clinic/workflows.ts';
import type { EngineFactory, OneMachine } from '../../local/rehearsal/engine.ts';
import type { StateMachineDefinition } from '../../local/state-machines/runner.ts';
import { stateMachineRunner } from '../../local/state-machines/runner.ts';
import { virtualClock } from '../../local/virtual-clock.ts';

/** What goes wrong on a machine, and who looks on. */
export type Trouble = {
  /** The state machines that it begins with; without them those of the workflows folder. */
  readonly machines?: readonly StateMachineDefinition[];
  /** Stands around every invocation of a function; the default calls it once. */
  readonly invoked?: (name: string, event: unknown, call: Call) => Promise<unknown>;
  /** The n-th write (from 1) takes effect but its caller is told that the table cannot be reached. */
  readonly answerLost?: (write: number, rows: readonly RowDraft[]) => boolean;
  /** The n-th write does not take effect, and its caller is told so. */
  readonly writeLost?: (write: number, rows: readonly RowDraft[]) => boolean;
  /** The stream never shows this outbox row; only the sweep finds it. */
  readonly streamLoses?: (row: RowDraft, outboxRow: number) => boolean;
  /** Hears of every event with all rows as its commit left them. */
  readonly heard?: (event: AuditEvent, rows: ReadonlyMap<string, Row>) => void;
};

/** A machine on which things go wrong, and what can be read from it afterwards. */
export type TroubledClinic = OneMachine & {
  readonly writes: () => number;
  readonly sweeps: () => number;
  readonly rows: ReadonlyMap<string, Row>;
  /** What acts on its journeys stand on: whoever writes through them is seen by its stream. */
  readonly ports: DeskPorts;
  /** Puts other definitions of its machines in place while journeys run. */
  readonly deploy: (definitions: readonly StateMachineDefinition[]) => void;
};

const SWEEP_EVERY = 300_000;
/** Lambda tries an event that nobody waits for three times in all. */
const ATTEMPTS = 3;

/** The clinic on one machine as local/clinic puts it together, with places for trouble between its parts. */
export const troubledClinic =
  (trouble: Trouble, keep?: (clinic: TroubledClinic) => void): EngineFactory =>
  (options) => {
    const clock = virtualClock(Date.parse(options.start));
    const listeners: ((event: AuditEvent) => void)[] = [];
    const rows = new Map<string, Row>();
    let writes = 0;
    let versions = 0;
    const newId = () => {
      versions += 1;
      return `w${versions.toString(36)}`;
    };
    let sweeps = 0;
    let outboxRows = 0;
    const stored = memoryTable({ newId });

    const invoke =
      (name: string): Call =>
      (event) => {
        const call = functions.get(name) ?? (() => Promise.reject(new Error(`no function ${name}`)));
        const around = trouble.invoked ?? ((_name, given, called: Call) => called(given));
        return clock.track(around(name, event, call));
      };
    /** As Lambda, a stream or a client does when nobody else would try again. */
    const insistently =
      (name: string): Call =>
      async (event) => {
        for (let attempt = 1; ; attempt += 1) {
          try {
            return await invoke(name)(event);
          } catch (error) {
            if (!(error instanceof TableUnavailable) || attempt === ATTEMPTS) throw error;
          }
        }
      };

    const sweep = (): void => {
      clock.at(clock.millis() + SWEEP_EVERY, async () => {
        sweeps += 1;
        const swept = await insistently('sweep-outbox')({});
        const left = typeof swept === 'object' && swept !== null && 'left' in swept ? swept.left : 0;
        isSweeping = left !== 0;
        if (isSweeping) sweep();
      });
    };
    let isSweeping = false;
    const sweepLater = (): void => {
      if (isSweeping) return;
      isSweeping = true;
      sweep();
    };

    const onPut = (put: readonly RowDraft[]): void => {
      for (const row of put) {
        const event = auditEventOf(row);
        if (event !== undefined) {
          trouble.heard?.(event, rows);
          for (const listen of listeners) listen(event);
        }
        if (!row.sk.startsWith('outbox#')) continue;
        outboxRows += 1;
        if (trouble.streamLoses?.(row, outboxRows)) {
          sweepLater();
          continue;
        }
        const record = { dynamodb: { SequenceNumber: row.sk, Keys: { pk: { S: row.pk }, sk: { S: row.sk } } } };
        clock.at(clock.millis(), async () => {
          await insistently('work-outbox')({ Records: [record] });
          if ((await stored.get({ pk: row.pk, sk: row.sk })) !== undefined) sweepLater();
        });
      }
    };

    const remembering: Table = {
      ...stored,
      async write(operations) {
        const version = await stored.write(operations);
        for (const operation of operations) {
          if (operation.do === 'put')
            rows.set(`${operation.row.pk}\n${operation.row.sk}`, { ...operation.row, version });
          if (operation.do === 'delete') rows.delete(`${operation.key.pk}\n${operation.key.sk}`);
        }
        return version;
      },
    };
    const watched = watchedTable(remembering, { onPut }, { counted: false });
    const table: Table = {
      ...watched,
      async write(operations) {
        writes += 1;
        const mine = writes;
        const put = operations.flatMap((operation) => (operation.do === 'put' ? [operation.row] : []));
        if (trouble.writeLost?.(mine, put)) throw new TableUnavailable('the write was lost');
        const version = await watched.write(operations);
        if (trouble.answerLost?.(mine, put)) throw new TableUnavailable('the answer was lost');
        return version;
      },
    };

    const ports: DeskPorts = {
      table,
      now: clock.now,
      ordinal: () => String(clock.ordinal()).padStart(10, '0'),
      library: rehearsedLibrary(options.library),
    };
    const carriers = localCarriers(clock, BAD_ADDRESSES, insistently('on-message-event'));
    const schedules = localSchedules(clock, (target, input) => insistently(target)(input));
    const runner = stateMachineRunner({
      clock,
      machines: trouble.machines ?? readMachines(),
      record: options.record,
      // No jitter: what is tried again is tried at the same instant, so that times can be compared.
      random: () => 0,
      invokeFunction: (name, payload) => invoke(name)(payload),
      onFinished: tellingOfFailures(insistently('on-execution-ended')),
    });
    const deps: ClinicDeps = {
      journeys: journeyStore(ports),
      email: carriers.email,
      sms: carriers.sms,
      now: clock.now,
      workflows: localWorkflows(() => runner),
      schedules: schedules.schedules,
      events: { publish: async () => undefined },
    };
    const functions = functionsOver(deps);
    const read = reader(stored);

    const clinic: TroubledClinic = {
      clock,
      ...read,
      onEvent: (listener) => void listeners.push(listener),
      async requestConsult({ program, patient }) {
        const pinned = options.library.programs.find(({ id }) => id === program);
        if (pinned === undefined) throw new Error(`no program ${program}`);
        const answer = await insistently('request-consult')(consultOf(patient, pinned, 'patient-1'));
        const journeyId =
          typeof answer === 'object' && answer !== null && 'journeyId' in answer ? answer.journeyId : undefined;
        if (typeof journeyId !== 'string') throw new Error('the consult request was refused');
        return { journeyId };
      },
      ...decisions(insistently),
      openRows: async (journeyId) => ({
        ...(await read.openRows(journeyId)),
        schedules: schedules.namesOf(journeyId),
      }),
      executions: () => runner.executions(),
      usage: () => ({
        lambdaInvocations: 0,
        reads: 0,
        writes: 0,
        ...carriers.usage,
        ...schedules.usage,
      }),
      ports,
      deploy: runner.deploy,
      writes: () => writes,
      sweeps: () => sweeps,
      rows,
    };
    keep?.(clinic);
    return clinic;
  };
