import { newId, newLinkId } from '../../functions/runtime/clock.ts';
import { type LibraryData, libraryOf } from '../../functions/stores/bundled-library.ts';
import { sqliteTable, tableIn } from '../../functions/stores/sqlite-table.ts';
import { storageTrouble } from '../../functions/stores/storage-trouble.ts';
import type { Table } from '../../functions/stores/table.ts';
import { holdFile } from '../state-machines/held-file.ts';
import { executionsIn } from '../state-machines/sqlite-executions.ts';
import { inSlices, virtualClock } from '../virtual-clock.ts';
import { localCarriers } from './carriers.ts';
import { composition } from './composition.ts';
import { BAD_ADDRESSES } from './consult.ts';
import { dailyLook } from './daily-look.ts';
import { keptMailbox } from './kept-mailbox.ts';
import { keptSchedules } from './kept-schedules.ts';
import { localSchedules } from './schedules.ts';
import type { LocalWebhook } from './webhook.ts';
import { localWorkflows } from './workflows.ts';

type Options = {
  /** The file that holds everything; made if it is not there. */
  readonly path: string;
  readonly library: LibraryData;
  /** The instant in milliseconds at which the clock begins; never earlier than where the last process stood. */
  readonly begin: number;
  /** Where the clinic's links are opened; without it messages hold none. */
  readonly address?: () => string | undefined;
  /** Another system on this machine that is told of events. */
  readonly webhook?: LocalWebhook | undefined;
  /** Whether another thread copies SQLite's log into the file (`checkpoints.ts`); without it whoever writes waits for that now and then. */
  readonly checkpointsElsewhere?: boolean;
};

/** In pages of SQLite's log, 4 GB: should nobody else have copied them, whoever writes does, and everybody waits for the disk. */
const LONGEST_LOG = 524_288;
/** In bytes: what is left of a longer log once all of it is copied. */
const LOG_KEPT = 64_000_000;
/** Between two tries of what a locked or a full file kept from being written. */
const TRY_AGAIN_MS = 5_000;
/** People ask the same process: what falls due is worked off between their requests, so many milliseconds at a time. */
const SLICE_MS = 4;

/** Where the psychotherapy notes of a clinic lie: beside its file, which may be copied or given on without them. */
export const notesFile = (path: string): string => `${path}-notes`;

/** When the newest change that something is still to follow from was committed: the executions may not have moved since. */
const newestPending = async (table: Table): Promise<number> => {
  const { rows } = await table.query({ index: 'by1', pk: 'outbox', descending: true, limit: 1 });
  return Math.max(0, ...rows.map(({ by1 }) => Date.parse(by1?.sk ?? '')));
};

/** A clinic in one file on one machine: whatever happens to its process, the next one goes on where it was. Throws ExecutionsInUse while another process has the file. */
export const keptClinic = async (options: Options) => {
  const { path, library, begin, address, webhook, checkpointsElsewhere = false } = options;
  // One connection for all: what another one writes makes SQLite forget the pages that this one has read.
  const { database, close } = holdFile(path);
  const notes = sqliteTable({ path: notesFile(path), newId });
  const executions = executionsIn(database);
  const table = tableIn(database, newId);
  if (checkpointsElsewhere)
    database.exec(`PRAGMA wal_autocheckpoint = ${LONGEST_LOG}; PRAGMA journal_size_limit = ${LOG_KEPT}`);
  const mailbox = keptMailbox(database);
  const stood = Math.max(executions.stood().now, await newestPending(table), mailbox.newestAt());
  // A locked or a full file is put right by somebody: what was due meanwhile is due still.
  const clock = virtualClock(
    Math.max(begin, stood),
    (failure) => (storageTrouble(failure) === undefined ? undefined : TRY_AGAIN_MS),
    inSlices(SLICE_MS),
  );
  // What one process wrote at an instant stands before what the next one writes at it.
  const process = Date.now().toString(36);

  const works = composition({
    clock,
    table,
    ordinal: () => `${process}-${String(clock.ordinal()).padStart(8, '0')}`,
    library: libraryOf(library),
    clinic: library.clinic,
    ...(address !== undefined && { links: { address, newId: newLinkId } }),
    ...(webhook !== undefined && { webhook }),
    executions,
    carriers: (report) => localCarriers(clock, BAD_ADDRESSES, report, mailbox),
    schedules: (fire) => localSchedules(clock, fire, keptSchedules(database)),
    record: false,
    counted: false,
  });

  dailyLook(clock, { journeys: works.journeys, workflows: localWorkflows(() => works.runner) });
  await works.stream.takeUp(table);

  return {
    ...works,
    /** Psychotherapy notes; nothing but the API reads or writes them. */
    notes,
    /** The newest of the messages that left, as their readers have them. */
    sent: mailbox.latest,
    close: (): void => {
      notes.close();
      close();
    },
  };
};

export type KeptClinic = Awaited<ReturnType<typeof keptClinic>>;
