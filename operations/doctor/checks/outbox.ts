import { minus } from '../../../functions/domain/time/instants.ts';
import { type Check, ok, toDo } from '../finding.ts';

/** The sweep comes every five minutes: what is older than three rounds is not being carried out. */
const STUCK_AFTER = 'PT15M';

/** What follows a commit is carried out: nothing has been waiting in the outbox for longer than three rounds of the sweep. */
export const outbox = ({
  pendingSince,
  now,
}: {
  /** How many items have been pending since before an instant, and since when the oldest. */
  readonly pendingSince: (before: string) => Promise<{ readonly count: number; readonly oldest: string | null }>;
  readonly now: string;
}): Check => ({
  name: 'outbox',
  look: async () => {
    const { count, oldest } = await pendingSince(minus(now, STUCK_AFTER));
    return count === 0
      ? [ok('nothing waits for longer than 15 minutes')]
      : [
          toDo(
            `${count} ${count === 1 ? 'item waits' : 'items wait'} since ${oldest}; see docs/runbook.md, reminders stopped`,
          ),
        ];
  },
});
