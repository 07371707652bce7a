import {
  type Key,
  type Page,
  type Query,
  type Row,
  type RowDraft,
  type Table,
  WriteRefused,
} from '../../functions/stores/table.ts';
import { cursorAfter, type Range, rangeOf } from '../../functions/stores/table-range.ts';
import { type Checked, checkKey, checkOperations } from '../../functions/stores/table-request.ts';
import { filedRows } from './filed-rows.ts';
import type { Kept } from './kept-row.ts';
import { memoryRows } from './memory-rows.ts';
import { compareNames, placeOf } from './sorted-names.ts';

/** A page of DynamoDB ends at 1 MB; so that callers follow cursors, it does here too. */
const PAGE_CHARACTERS = 1024 * 1024;

const holds = (kept: Kept | undefined, { operation: { when } }: Checked): boolean => {
  if (when === 'free') return true;
  if (when === 'ifAbsent') return kept === undefined;
  return kept !== undefined && (when === 'ifPresent' || kept.version === when.ifVersion);
};

const within = ({ prefix = '', from, to }: Range, name: string): boolean =>
  name.startsWith(prefix) &&
  (from === undefined || compareNames(from, name) <= 0) &&
  (to === undefined || compareNames(name, to) <= 0);

/** Rows that are only added may not ask what stands in their place. */
class OnlyAdded extends Error {
  override readonly name = 'OnlyAdded';
}

type Options = {
  readonly newId: () => string;
  /** How the sort keys of rows begin that are only ever added and hardly ever read; such rows take no memory. */
  readonly onlyAdded?: string;
};

/** What a promise's work throws, it rejects with; cheaper than an async function that awaits nothing. */
const promised = <T>(work: () => T): Promise<T> => {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
};

/** The table in the memory of one process: what rehearsals and benchmarks run on. */
export const memoryTable = ({ newId, onlyAdded }: Options): Table => {
  const rows = memoryRows();
  const filed = filedRows();
  const isFiled = (sk: string | undefined): boolean => onlyAdded !== undefined && sk?.startsWith(onlyAdded) === true;

  const put = (row: RowDraft, { operation: { when }, body }: Checked, version: string): void => {
    if (!isFiled(row.sk)) rows.put(row, body, version);
    else if (when === 'free') filed.add(row, version);
    else throw new OnlyAdded();
  };

  /** The filed rows of one partition as a table. */
  const readable = (pk: string): Table => {
    let version = '';
    const table = memoryTable({ newId: () => version });
    for (const row of filed.all(pk)) {
      version = row.version;
      const { version: _, ...draft } = row;
      void table.write([{ do: 'put', row: draft, when: 'free' }]);
    }
    return table;
  };

  const inPartition = ({ pk }: Query, range: Range): Kept[] => {
    const names = rows.names(pk);
    const found: Kept[] = [];
    for (let at = placeOf(names, range.from ?? range.prefix ?? ''); at < names.length; at += 1) {
      const sk = names[at] ?? '';
      if (!within(range, sk)) break;
      const kept = rows.at({ pk, sk });
      if (kept !== undefined) found.push(kept);
    }
    return found;
  };

  const pageOf = (found: readonly Kept[], { index }: Query, limit: number): Page => {
    const page: Row[] = [];
    let characters = 0;
    for (const kept of found) {
      characters += kept.characters;
      if (page.length === limit || (page.length > 0 && characters > PAGE_CHARACTERS)) break;
      page.push(rows.read(kept));
    }
    const last = page.at(-1);
    const more = page.length === limit || page.length < found.length;
    return more && last !== undefined ? { rows: page, cursor: cursorAfter(last, index) } : { rows: page };
  };

  const inIndex = (query: Query, range: Range): Kept[] => {
    const { index } = query;
    if (index === undefined) return inPartition(query, range);
    const skOf = (kept: Kept): string => kept[index]?.sk ?? '';
    return rows
      .indexed(index, query.pk)
      .filter((kept) => within(range, skOf(kept)))
      .sort((a, b) => compareNames(skOf(a), skOf(b)) || compareKeys(a, b));
  };

  const beyond = ({ index, descending }: Query, { after }: Range, kept: Kept): boolean => {
    if (after === undefined) return true;
    const sk = index === undefined ? kept.sk : (kept[index]?.sk ?? '');
    const order = compareNames(sk, after.sk) || (after.row === undefined ? 0 : compareKeys(kept, after.row));
    return descending === true ? order < 0 : order > 0;
  };

  return {
    get(key) {
      const kept = rows.at(key);
      if (kept !== undefined) return Promise.resolve(rows.read(kept));
      if (isFiled(key.sk)) return readable(key.pk).get(key);
      return promised(() => void checkKey(key));
    },
    async query(query) {
      if (query.index === undefined && isFiled(query.prefix)) return readable(query.pk).query(query);
      const range = rangeOf(query);
      if (range === undefined) return { rows: [] };
      const all = inIndex(query, range);
      const ordered = query.descending === true ? all.reverse() : all;
      const found = range.after === undefined ? ordered : ordered.filter((kept) => beyond(query, range, kept));
      return pageOf(found, query, range.limit);
    },
    write: (operations) =>
      promised(() => {
        const checked = checkOperations(operations);
        const version = newId();
        const refused = checked.filter((part) => part.operation.when !== 'free' && !holds(rows.at(part.key), part));
        if (refused.length > 0) throw new WriteRefused(refused.map(({ key: { pk, sk } }) => ({ pk, sk })));
        for (const part of checked) {
          const { operation, key } = part;
          if (operation.do === 'put') put(operation.row, part, version);
          else if (operation.do === 'delete') rows.remove(key);
        }
        return version;
      }),
  };
};

const compareKeys = (left: Key, right: Key): number =>
  compareNames(left.pk, right.pk) || compareNames(left.sk, right.sk);
