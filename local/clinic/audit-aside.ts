import type { Key, Operation, Table } from '../../functions/stores/table.ts';

const AUDIT = 'audit#';

const isAudit = ({ sk }: Key): boolean => sk.startsWith(AUDIT);
const keyOf = (operation: Operation): Key => (operation.do === 'put' ? operation.row : operation.key);

/**
 * Keeps audit events in a table of their own, so that the memory of a thousand journeys holds what they still read:
 * events are only ever added, and read when a journey is over.
 */
export const auditAside = (table: Table, events: Table): Table => ({
  get: (key) => (isAudit(key) ? events : table).get(key),
  query: (query) => (query.index === undefined && query.prefix?.startsWith(AUDIT) ? events : table).query(query),
  async write(operations) {
    const aside: Operation[] = [];
    const others: Operation[] = [];
    for (const operation of operations) (isAudit(keyOf(operation)) ? aside : others).push(operation);
    // Only what may be refused has to be decided first: an event is put whatever there is.
    const version = others.length > 0 ? await table.write(others) : '';
    return aside.length > 0 ? events.write(aside) : version;
  },
});
