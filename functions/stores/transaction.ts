import type { OutboxItem } from '../contracts/outbox.ts';
import type { AuditEvent, Entry } from '../domain/journey/entry.ts';
import { frozen } from './frozen.ts';
import { auditKey, outboxRow } from './journey-rows.ts';
import type { RowKind } from './row-kind.ts';
import { type Condition, type Key, type Operation, type Query, type Row, type Table, WriteRefused } from './table.ts';

/** What a transaction needs: the table, one instant for all that it writes, and numbers that order events of one instant. */
export type TransactionPorts = { readonly table: Table; readonly now: () => string; readonly ordinal: () => string };

/** Reads remembered, writes gathered: everything that was read and is written again must still be as it was read. */
export type Transaction = {
  readonly now: string;
  /** The row, or undefined; later writes of it hold to this reading. */
  get<T, I>(kind: RowKind<T, I>, id: I): Promise<T | undefined>;
  /** The row, which must be there. */
  need<T, I>(kind: RowKind<T, I>, id: I): Promise<T>;
  /** All rows whose place begins as given, in order. */
  list<T, I>(kind: RowKind<T, I>, partition: string, prefix: string): Promise<T[]>;
  /** All rows of a partition between two places, both included, in order. */
  range<T, I>(kind: RowKind<T, I>, partition: string, from: string, to: string): Promise<T[]>;
  /** Throws VersionPast where the row was written since somebody saw this version of it. */
  sameAs<T, I>(kind: RowKind<T, I>, id: I, version: string | undefined): void;
  /** Writes a row that was read (or read as absent) in this transaction, or is new. */
  put<T, I>(kind: RowKind<T, I>, value: T): void;
  remove<T, I>(kind: RowKind<T, I>, id: I): void;
  /** Writes a row whatever stood there: what it says follows from what this transaction holds to, so that the last word counts. */
  state<T, I>(kind: RowKind<T, I>, value: T): void;
  /** Holds the row to what was read, without writing it. */
  check<T, I>(kind: RowKind<T, I>, id: I): Promise<void>;
  /** The row must exist when this commits, whatever it says. */
  present<T, I>(kind: RowKind<T, I>, id: I): void;
  /** Tells the timeline. */
  note(journeyId: string, entry: Entry): void;
  /** Asks for what must follow the commit. */
  follow(item: OutboxItem): void;
};

/** What was read belongs to two moments: somebody wrote in between. The transaction decides again from the start. */
export class ReadApart extends Error {
  override readonly name: string = 'ReadApart';
}

/** The row that everything rests on is not there. */
export class RowMissing extends Error {
  override readonly name = 'RowMissing';
  readonly key: Key;
  constructor(key: Key) {
    super(`No row ${key.pk} ${key.sk}`);
    this.key = key;
  }
}

/** Somebody wants to change what they saw, and it is no longer that. */
export class VersionPast extends Error {
  override readonly name = 'VersionPast';
}

type Held = { key: Key; row: Row | undefined; value: unknown; write: (() => Operation) | undefined; checked: boolean };

const ATTEMPTS = 12;
const nameOf = ({ pk, sk }: Key) => `${pk}\n${sk}`;
const conditionOf = (held: Held): Condition => (held.row ? { ifVersion: held.row.version } : 'ifAbsent');

const begin = (ports: TransactionPorts, cause: string) => {
  const now = ports.now();
  const held = new Map<string, Held>();
  const appended: Operation[] = [];
  const remember = (name: string, key: Key, row: Row | undefined, value: unknown): Held => {
    const fresh: Held = { key, row, value, write: undefined, checked: false };
    held.set(name, fresh);
    return fresh;
  };
  // Called several times by every act and mostly answered from what is held: promises by hand take a third of the memory.
  const get = <T, I>(kind: RowKind<T, I>, id: I): Promise<T | undefined> => {
    const key = kind.key(id);
    const name = nameOf(key);
    const shown = ({ value }: Held): T | undefined => (kind.own(value) ? value : undefined);
    const known = held.get(name);
    if (known !== undefined) return Promise.resolve(shown(known));
    return ports.table.get(key).then((row) => {
      // Read twice at once, the first reading counts.
      return shown(held.get(name) ?? remember(name, key, row, row && kind.read(row)));
    });
  };
  const all = async <T, I>(kind: RowKind<T, I>, query: Query): Promise<T[]> => {
    const values: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await ports.table.query({ ...query, ...(cursor !== undefined && { cursor }) });
      for (const row of page.rows) {
        const name = nameOf(row);
        const known = held.get(name) ?? remember(name, row, row, kind.read(row));
        if (kind.own(known.value)) values.push(known.value);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    // What this transaction has put into the range is not in the table yet.
    const { pk, prefix = '', from = '', to } = query;
    held.forEach(({ key, row, value }) => {
      if (row !== undefined || !kind.own(value) || key.pk !== pk || !key.sk.startsWith(prefix)) return;
      if (key.sk >= from && (to === undefined || key.sk <= to)) values.push(value);
    });
    return values;
  };
  const transaction: Transaction = {
    now,
    get,
    need: (kind, id) =>
      get(kind, id).then((value) => {
        if (value === undefined) throw new RowMissing(kind.key(id));
        return value;
      }),
    list: (kind, partition, prefix) => all(kind, { pk: partition, prefix }),
    range: (kind, partition, from, to) => all(kind, { pk: partition, from, to }),
    sameAs(kind, id, version) {
      const known = held.get(nameOf(kind.key(id)));
      if (version !== undefined && known?.row?.version !== version) throw new VersionPast('it was changed meanwhile');
    },
    put(kind, value) {
      const key = kind.keyOf(value);
      const name = nameOf(key);
      const known = held.get(name) ?? remember(name, key, undefined, undefined);
      known.value = value;
      known.write = () => ({ do: 'put', row: kind.row(value, known), when: conditionOf(known) });
    },
    remove(kind, id) {
      const key = kind.key(id);
      const name = nameOf(key);
      const known = held.get(name) ?? remember(name, key, undefined, undefined);
      known.value = undefined;
      const { row } = known;
      known.write = row && (() => ({ do: 'delete', key, when: { ifVersion: row.version } }));
    },
    state(kind, value) {
      appended.push({ do: 'put', row: kind.row(value), when: 'free' });
    },
    async check(kind, id) {
      await get(kind, id);
      const one = held.get(nameOf(kind.key(id)));
      if (one) one.checked = true;
    },
    present(kind, id) {
      const key = kind.key(id);
      appended.push({ do: 'check', key, when: 'ifPresent' });
    },
    note(journeyId, entry) {
      const event: AuditEvent = { journeyId, at: now, ordinal: ports.ordinal(), cause, entry };
      appended.push({ do: 'put', row: { ...auditKey(event), body: frozen(event) }, when: 'free' });
    },
    follow(item) {
      appended.push({ do: 'put', row: outboxRow(item, now), when: 'free' });
    },
  };
  const operations = (): Operation[] => {
    const byName = new Map<string, Operation>();
    held.forEach((one, name) => {
      const when = conditionOf(one);
      if (one.write) byName.set(name, one.write());
      else if (one.checked && when !== 'free') byName.set(name, { do: 'check', key: one.key, when });
    });
    for (const operation of appended) {
      const name = nameOf(operation.do === 'put' ? operation.row : operation.key);
      // A row that is written, or held to what was read, needs no other check.
      if (operation.do !== 'check' || !byName.has(name)) byName.set(name, operation);
    }
    return [...byName.values()];
  };
  return { transaction, operations };
};

export type Work<T> = (transaction: Transaction) => Promise<T>;

/**
 * Runs the work and writes what it gathered at once; when somebody else wrote first, decides again from what is there now.
 * The work must have no effect but through the transaction. `cause` names whose doing it was, for the audit.
 */
export const transact = async <T>(ports: TransactionPorts, cause: string, work: Work<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { transaction, operations } = begin(ports, cause);
      const result = await work(transaction);
      const writes = operations();
      if (writes.some(({ do: act }) => act !== 'check')) await ports.table.write(writes);
      return result;
    } catch (error) {
      const overtaken = error instanceof WriteRefused || error instanceof ReadApart;
      if (!overtaken || attempt === ATTEMPTS) throw error;
    }
  }
};
