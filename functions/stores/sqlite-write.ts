import type { Statements } from './sqlite-database.ts';
import type { Condition, Key, RowDraft } from './table.ts';
import type { Checked } from './table-request.ts';

const holds = (statements: Statements, { pk, sk }: Key, when: Condition): boolean => {
  if (when === 'free') return true;
  const stored = statements.versionAt.get(pk, sk);
  if (when === 'ifAbsent') return stored === undefined;
  return stored !== undefined && (when === 'ifPresent' || stored.version === when.ifVersion);
};

const put = (statements: Statements, row: RowDraft, when: Condition, version: string): boolean => {
  const { pk, sk, by1, by2, expiresAt = null } = row;
  const body = JSON.stringify(row.body);
  const values = [version, by1?.pk ?? null, by1?.sk ?? null, by2?.pk ?? null, by2?.sk ?? null, expiresAt, body, pk, sk];
  if (when === 'free') return statements.put.run(...values).changes === 1;
  if (when === 'ifAbsent') return statements.insert.run(...values).changes === 1;
  if (when === 'ifPresent') return statements.update.run(...values).changes === 1;
  return statements.updateVersion.run(...values, when.ifVersion).changes === 1;
};

const remove = (statements: Statements, key: Key, when: Condition): boolean => {
  if (when === 'ifAbsent') return holds(statements, key, when);
  if (when === 'free' || when === 'ifPresent') {
    return statements.delete.run(key.pk, key.sk).changes === 1 || when === 'free';
  }
  return statements.deleteVersion.run(key.pk, key.sk, when.ifVersion).changes === 1;
};

/** Carries out one operation of a write; false when its condition does not hold. */
export const carryOut = (statements: Statements, { operation }: Checked, version: string): boolean => {
  if (operation.do === 'put') return put(statements, operation.row, operation.when, version);
  if (operation.do === 'delete') return remove(statements, operation.key, operation.when);
  return holds(statements, operation.key, operation.when);
};
