import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import { withTimetable } from '../../functions/domain/clinic/timetable.ts';
import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import { OF_TIMETABLE, timetableIn } from '../../functions/stores/clinic-timetable.ts';
import { auditEventOf } from '../../functions/stores/journey-rows.ts';
import type { RowDraft, Table } from '../../functions/stores/table.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { Call } from './functions.ts';
import { morningRound } from './morning-round.ts';
import { outboxStream } from './outbox-stream.ts';

/** Who is called for what follows from a commit. */
type Followers = { readonly work: Call; readonly sweep: Call; readonly digests: Call };

/** What follows from each commit on one machine: its events are told, in order, its outbox is worked, and digests are planned. */
export const tableStream = (clock: VirtualClock, clinic: Clinic, followers: Followers) => {
  const listeners: ((event: AuditEvent) => void)[] = [];
  const outbox = outboxStream(clock, () => followers);
  let inForce = clinic;
  const heed = (row: RowDraft): void => {
    const changed = timetableIn(row);
    if (changed !== undefined) inForce = withTimetable(clinic, changed);
  };
  const round = morningRound(
    clock,
    () => inForce,
    () => followers.digests,
  );
  return {
    onPut(rows: readonly RowDraft[]): void {
      for (const row of rows) {
        const event = auditEventOf(row);
        if (event !== undefined) {
          round.hear(event);
          for (const listen of listeners) listen(event);
        }
        outbox.put(row);
        heed(row);
      }
    },
    onDeleted: outbox.deleted,
    onEvent: (listener: (event: AuditEvent) => void) => void listeners.push(listener),
    /** Takes up what another process left. */
    async takeUp(table: Pick<Table, 'query'>): Promise<void> {
      for (const row of (await table.query(OF_TIMETABLE)).rows) heed(row);
      round.begin(clock.now());
      await outbox.takeUp(table);
    },
  };
};
