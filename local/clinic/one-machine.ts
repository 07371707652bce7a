import { createHash } from 'node:crypto';
import type { Table } from '../../functions/stores/table.ts';
import type { EngineFactory, OneMachine } from '../rehearsal/engine.ts';
import { virtualClock } from '../virtual-clock.ts';
import { localCarriers, type Mailbox } from './carriers.ts';
import { composition } from './composition.ts';
import { BAD_ADDRESSES, consultOf } from './consult.ts';
import { memoryTable } from './memory-table.ts';
import { rehearsedLibrary } from './rehearsed-library.ts';
import { localSchedules } from './schedules.ts';

type Options = Parameters<EngineFactory>[0] & {
  /** Where its rows lie; without it in memory. */
  readonly store?: (newId: () => string) => Table & { close?(): void };
  /** Where the links of its messages would be opened; without it they hold none. */
  readonly address?: string;
  /** Keeps what was sent, to be read. */
  readonly mailbox?: Mailbox;
  /** Counting what AWS would bill costs time that a benchmark wants to see spent on journeys. */
  readonly counted?: boolean;
};

/** The clinic has no such program. */
class NoSuchProgram extends Error {
  override readonly name = 'NoSuchProgram';
}

/** The clinic did not take a consult request. */
class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

/** The whole clinic in one process, for a rehearsal: the deployed handlers and state machines over local adapters, on a virtual clock. */
export const oneMachine = (options: Options): OneMachine & { close(): void } => {
  const { library } = options;
  const clock = virtualClock(Date.parse(options.start));
  let writes = 0;
  const newId = () => {
    writes += 1;
    return `w${writes.toString(36)}`;
  };
  const stored: Table & { close?(): void } = options.store?.(newId) ?? memoryTable({ newId, onlyAdded: 'audit#' });
  const works = composition({
    clock,
    table: stored,
    ordinal: () => String(clock.ordinal()).padStart(10, '0'),
    library: rehearsedLibrary(library),
    clinic: library.clinic,
    links: { address: () => options.address, newId: seededIds(options.seed) },
    carriers: (report) => localCarriers(clock, BAD_ADDRESSES, report, options.mailbox),
    schedules: (fire) => localSchedules(clock, fire),
    record: options.record,
    counted: options.counted ?? true,
  });
  let patients = 0;

  return {
    ...works,
    async requestConsult({ program, patient }) {
      patients += 1;
      const pinned = library.programs.find(({ id }) => id === program);
      if (pinned === undefined) throw new NoSuchProgram(program);
      const answer = await works.journeys.requestConsult({
        ...consultOf(patient, pinned, `patient-${patients}`),
        journeyId: journeyIdOf(options.seed, patients),
      });
      if (!answer.accepted) throw new RequestRefused(answer.reason);
      return { journeyId: answer.journeyId };
    },
    openRows: async (journeyId) => ({
      ...(await works.openRows(journeyId)),
      schedules: works.schedules.namesOf(journeyId),
    }),
    executions: () => works.runner.executions(),
    close: () => stored.close?.(),
  };
};

/** Ids of links that are the same for the same seed: nobody can open anything in a rehearsal. */
const seededIds = (seed: number): (() => string) => {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed} ${count}`).digest().subarray(0, 16).toString('base64url');
  };
};

/** Padded from the left: padded from the right, patients 1 and 36 would have one id. */
const journeyIdOf = (seed: number, patient: number): string =>
  `j${seed.toString(36)}x${patient.toString(36).padStart(5, '0')}`;
