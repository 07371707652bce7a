import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Clinic } from '../domain/clinic/clinic.ts';
import { ChangedTimetable, changedFrom, type Timetable, withTimetable } from '../domain/clinic/timetable.ts';
import { ROLES, type Role } from '../domain/names.ts';
import type { DeskPorts, Library } from './journey/desk.ts';
import { rowKind } from './row-kind.ts';
import type { RowDraft } from './table.ts';
import { type Transaction, type TransactionPorts, transact, VersionPast } from './transaction.ts';

const PARTITION = 'clinic';

/** A timetable as it was changed last, and whose doing it was. */
const TimetableChange = z.strictObject({
  /** Counted from 1; 0 is the clinic's file as it was deployed. */
  revision: z.int().min(1),
  changed: ChangedTimetable,
  at: z.string(),
  by: z.strictObject({ role: z.enum(ROLES), id: z.string() }),
  reason: z.string().nullable(),
});
export type TimetableChange = z.infer<typeof TimetableChange>;

const timetables = rowKind({
  schema: TimetableChange,
  key: (_: 'in-force') => ({ pk: PARTITION, sk: 'timetable' }),
  idOf: () => 'in-force' as const,
});

/** Every change once more, so that none is lost when the next comes; never written again. */
const timetableChanges = rowKind({
  schema: TimetableChange,
  key: (revision: number) => ({ pk: PARTITION, sk: `timetable-change#${String(revision).padStart(8, '0')}` }),
  idOf: ({ revision }) => revision,
});

/** Where that row lies. */
export const OF_TIMETABLE = { pk: PARTITION, from: 'timetable', to: 'timetable' } as const;

/** What a row says of the timetable that is in force; undefined for every other row. */
export const timetableIn = ({ pk, sk, body }: RowDraft): ChangedTimetable | undefined =>
  pk === PARTITION && sk === 'timetable' ? timetables.parse(body).changed : undefined;

const workingBy = (library: Pick<Library, 'clinic'>, kept: TimetableChange | undefined): Clinic =>
  kept === undefined ? library.clinic() : withTimetable(library.clinic(), kept.changed);

/** The clinic as it works now: its file, with what was changed of its timetable since. */
export const clinicInForce = async (
  { get }: Pick<Transaction, 'get'>,
  library: Pick<Library, 'clinic'>,
): Promise<Clinic> => workingBy(library, await get(timetables, 'in-force'));

/** What somebody wants the timetable to be; `revision` is the one that they have seen, where they say. */
type Wanted = {
  readonly timetable: Timetable;
  readonly by: { readonly role: Role; readonly id: string };
  readonly reason: string | null;
  readonly revision: number | undefined;
};

/** The clinic's timetable: read, changed, and every change of it. */
export const clinicTimetable = (ports: Pick<DeskPorts, keyof TransactionPorts | 'library'>) => {
  const { table, library } = ports;
  const last = async (): Promise<TimetableChange | undefined> => {
    const row = await table.get(timetables.key('in-force'));
    return row && timetables.read(row);
  };
  return {
    /** The clinic as it works now, and its last change; undefined where it is as it was deployed. */
    async inForce(): Promise<{ readonly clinic: Clinic; readonly last: TimetableChange | undefined }> {
      const kept = await last();
      return { clinic: workingBy(library, kept), last: kept };
    },
    /**
     * Changes the timetable for whatever is decided from now on; what is booked stays. Wanting what it is changes nothing. Rejects with
     * InputRefused and every problem, or with VersionPast where somebody changed it since.
     */
    change: ({ timetable, by, reason, revision }: Wanted): Promise<void> =>
      transact(ports, 'change-timetable', async (transaction) => {
        const before = await transaction.get(timetables, 'in-force');
        const changed = changedFrom(library.clinic(), timetable, 'body');
        if (isDeepStrictEqual({ ...(before?.changed ?? { practitioners: [] }) }, changed)) return;
        if (revision !== undefined && revision !== (before?.revision ?? 0))
          throw new VersionPast('the timetable was changed meanwhile');
        const next = { revision: (before?.revision ?? 0) + 1, changed, at: transaction.now, by, reason };
        transaction.put(timetables, next);
        transaction.put(timetableChanges, next);
      }),
    /** Its changes, the newest first. */
    async changes({ cursor, limit }: { readonly cursor: string | undefined; readonly limit: number }) {
      const page = await table.query({
        pk: PARTITION,
        prefix: 'timetable-change#',
        descending: true,
        limit,
        ...(cursor !== undefined && { cursor }),
      });
      return { items: page.rows.map((row) => timetableChanges.read(row)), cursor: page.cursor };
    },
  };
};

export type ClinicTimetable = ReturnType<typeof clinicTimetable>;
