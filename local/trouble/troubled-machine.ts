import { journeyStore } from '../../functions/stores/journey-store.ts';
import { TableUnavailable } from '../../functions/stores/table.ts';
import { localCarriers } from '../clinic/carriers.ts';
import { BAD_ADDRESSES, consultOf } from '../clinic/consult.ts';
import { decisions } from '../clinic/decisions.ts';
import type { Call } from '../clinic/functions.ts';
import { readMachines } from '../clinic/machines.ts';
import { memoryTable } from '../clinic/memory-table.ts';
import { reader } from '../clinic/reader.ts';
import { rehearsedLibrary } from '../clinic/rehearsed-library.ts';
import { localSchedules } from '../clinic/schedules.ts';
import { tableStream } from '../clinic/table-stream.ts';
import { watchedTable } from '../clinic/watched-table.ts';
import { tellingOfFailures } from '../clinic/workflows.ts';
import type { EngineFactory, OneMachine } from '../rehearsal/engine.ts';
import { seededRandom } from '../state-machines/seeded-random.ts';
import { sqliteExecutions } from '../state-machines/sqlite-executions.ts';
import { virtualClock } from '../virtual-clock.ts';
import { Died, type Fate, type MortalProcess, mortalProcess } from './mortal-process.ts';
import type { Trouble } from './trouble.ts';

/** Lambda tries an event that nobody waits for three times in all. */
const ATTEMPTS = 3;
const UP_TO_A_MINUTE = 59_000;
const JOURNEY = 'j1x00001';

/** Whether a batch came back with records that are to be delivered again. */
const hasFailures = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  'batchItemFailures' in answer &&
  Array.isArray(answer.batchItemFailures) &&
  answer.batchItemFailures.length > 0;

/** The clinic on one machine as `oneMachine` puts it together, on which things happen twice, late, or as the last thing before the process dies. */
export const troubledMachine =
  ({ seed, twice, late, dies }: Trouble): EngineFactory =>
  (options) => {
    const clock = virtualClock(Date.parse(options.start));
    const random = seededRandom(seed);
    const draw = (perThousand: number): boolean => random() * 1000 < perThousand;
    let begun = false;
    const fate = (): Fate => {
      if (!begun) return 'well';
      if (draw(dies)) return 'dies';
      return draw(twice) ? 'twice' : 'well';
    };

    let versions = 0;
    const stored = memoryTable({
      newId: () => {
        versions += 1;
        return `w${versions.toString(36)}`;
      },
      onlyAdded: 'audit#',
    });
    const executions = sqliteExecutions(':memory:');

    let process: MortalProcess | undefined;
    const living = (): MortalProcess => {
      if (process?.isAlive() !== true) process = mortalProcess(lasting);
      return process;
    };

    /** As Lambda, a stream or a client does when nobody else would try again: whoever dies over it is followed by another. */
    const insistently =
      (name: string): Call =>
      async (event) => {
        for (let attempt = 1; ; ) {
          const by = living();
          const call = by.functions.get(name);
          if (call === undefined) throw new Error(`no function ${name}`);
          try {
            const answer = await clock.track(call(event));
            if (!by.isAlive() || hasFailures(answer)) continue;
            if (fate() !== 'twice') return answer;
          } catch (error) {
            if (error instanceof Died || !by.isAlive()) continue;
            if (!(error instanceof TableUnavailable) || attempt === ATTEMPTS) throw error;
            attempt += 1;
          }
        }
      };

    /** What nobody waits for comes when it comes. */
    const sometime =
      (name: string): Call =>
      async (event) => {
        if (!begun || !draw(late)) return insistently(name)(event);
        clock.at(clock.millis() + Math.floor(random() * UP_TO_A_MINUTE), async () => {
          await insistently(name)(event);
        });
        return {};
      };

    const stream = tableStream(clock, options.library.clinic, {
      work: sometime('work-outbox'),
      sweep: insistently('sweep-outbox'),
      digests: insistently('send-digests'),
    });
    const table = watchedTable(stored, stream, { counted: false });
    const carriers = localCarriers(clock, BAD_ADDRESSES, sometime('on-message-event'));
    const schedules = localSchedules(clock, (target, input) => sometime(target)(input));
    const ports = {
      now: clock.now,
      ordinal: () => String(clock.ordinal()).padStart(10, '0'),
      library: rehearsedLibrary(options.library),
    };
    const lasting = {
      clock,
      table,
      executions,
      machines: readMachines(),
      ports,
      services: {
        email: carriers.email,
        sms: carriers.sms,
        schedules: schedules.schedules,
        events: { publish: async () => undefined },
      },
      onFinished: tellingOfFailures(insistently('on-execution-ended')),
      // Nobody else would begin the next process.
      fate: (): Fate => {
        const how = fate();
        if (how === 'dies') clock.at(clock.millis(), () => void living());
        return how;
      },
    };

    const read = reader(stored);
    const machine: OneMachine = {
      clock,
      ...read,
      onEvent: stream.onEvent,
      async requestConsult({ program, patient }) {
        const pinned = options.library.programs.find(({ id }) => id === program);
        if (pinned === undefined) throw new Error(`no program ${program}`);
        living();
        const request = { ...consultOf(patient, pinned, 'patient-1'), journeyId: JOURNEY };
        const answer = await journeyStore({ ...ports, table }).requestConsult(request);
        if (!answer.accepted) throw new Error(answer.reason);
        begun = true;
        return { journeyId: answer.journeyId };
      },
      ...decisions(insistently),
      openRows: async (journeyId) => ({
        ...(await read.openRows(journeyId)),
        schedules: schedules.namesOf(journeyId),
      }),
      executions: () => executions.executions(),
      usage: () => ({ lambdaInvocations: 0, reads: 0, writes: 0, ...carriers.usage, ...schedules.usage }),
    };
    return machine;
  };
