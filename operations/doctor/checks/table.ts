import { type Check, unless } from '../finding.ts';

/** How the table stands. */
export type TableState = {
  readonly name: string;
  readonly status: string | undefined;
  readonly deletionProtection: boolean;
  readonly pointInTimeRecovery: boolean;
};

/** The table is there, cannot be deleted by mistake and can be restored to any second. */
export const table = ({ state }: { readonly state: () => Promise<TableState> }): Check => ({
  name: 'table',
  look: async () => {
    const { name, status, deletionProtection, pointInTimeRecovery } = await state();
    return unless(
      [
        ...(status === 'ACTIVE' ? [] : [`${name} is ${status ?? 'not there'}; see docs/runbook.md, the table fails`]),
        ...(deletionProtection ? [] : [`${name} has no deletion protection; deploy again`]),
        ...(pointInTimeRecovery ? [] : [`${name} has no point-in-time recovery; deploy again`]),
      ],
      `${name} is active and protected`,
    );
  },
});
