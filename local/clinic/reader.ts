import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import { isPending } from '../../functions/domain/journey/task.ts';
import {
  appointments,
  auditEventOf,
  cycles,
  journeyPartition,
  journeys,
  messages,
  outboxItems,
  tasks,
} from '../../functions/stores/journey-rows.ts';
import type { RowKind } from '../../functions/stores/row-kind.ts';
import type { Row, Table } from '../../functions/stores/table.ts';

/** Reads rows for those who look on: rehearsals, stories and their invariants. */
export const reader = (table: Table) => {
  const one = async <T, I>(kind: RowKind<T, I>, id: I): Promise<T | undefined> => {
    const row = await table.get(kind.key(id));
    return row && kind.read(row);
  };
  const all = async (journeyId: string, prefix: string): Promise<Row[]> => {
    const rows: Row[] = [];
    let cursor: string | undefined;
    do {
      const page = await table.query({
        pk: journeyPartition(journeyId),
        prefix,
        ...(cursor !== undefined && { cursor }),
      });
      rows.push(...page.rows);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return rows;
  };
  return {
    journey: (journeyId: string) => one(journeys, journeyId),
    task: (journeyId: string, id: string) => one(tasks, { journeyId, id }),
    cycle: (journeyId: string, number: number) => one(cycles, { journeyId, number }),
    appointment: (journeyId: string, id: string) => one(appointments, { journeyId, id }),
    events: async (journeyId: string): Promise<AuditEvent[]> =>
      (await all(journeyId, 'audit#')).flatMap((row) => auditEventOf(row) ?? []),
    openRows: async (journeyId: string) => ({
      tasks: (await all(journeyId, 'task#'))
        .map(tasks.read)
        .filter(isPending)
        .map(({ id }) => id),
      plannedMessages: (await all(journeyId, 'message#'))
        .map(messages.read)
        .filter(({ state }) => state === 'planned')
        .map(({ id }) => id),
      outbox: (await all(journeyId, 'outbox#')).map((row) => outboxItems.read(row).item.kind),
    }),
  };
};
