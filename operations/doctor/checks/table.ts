import { type Check, unless } from '../finding.ts';

/** How the table stands. */
export type TableState = {
  readonly name: string;
  readonly status: string | undefined;
  readonly deletionProtection: boolean;
  readonly pointInTimeRecovery: boolean;
};

/** A table is there, cannot be deleted by mistake and can be restored to any second. */
export const table = (name: 'table' | 'notes', { state }: { readonly state: () => Promise<TableState> }): Check => ({
  name,
  look: async () => {
    const { name: tableName, status, deletionProtection, pointInTimeRecovery } = await state();
    return unless(
      [
        ...(status === 'ACTIVE'
          ? []
          : [`${tableName} is ${status ?? 'not there'}; see docs/runbook.md, the table fails`]),
        ...(deletionProtection ? [] : [`${tableName} has no deletion protection; deploy again`]),
        ...(pointInTimeRecovery ? [] : [`${tableName} has no point-in-time recovery; deploy again`]),
      ],
      `${tableName} is active and protected`,
    );
  },
});
