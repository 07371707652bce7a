import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFacts } from '../../../functions/domain/screening/facts.ts';
import type { Rule } from '../../../functions/domain/screening/ruleset.ts';
import { screen } from '../../../functions/domain/screening/screen.ts';
import { idsOf, ruleset } from './cases.ts';
import { sheets } from './random-sheets.ts';
import { secondReading } from './second-reading.ts';

const REFERENCE = new URL('../../../../shared/clinical-reference.md', import.meta.url);

const ROLE = { none: 'none', md: 'medical-director', rx: 'provider', '-': null } as const;

/** The threshold of a rule as the reference writes it. */
const threshold = (rule: Rule): string => {
  if (rule.op === 'is_true') return '';
  return Array.isArray(rule.threshold) ? rule.threshold.join(',') : String(rule.threshold);
};

/** The rows of the reference's table, each a list of cells. */
const rowsOf = (text: string): string[][] =>
  (text.split('<!-- RULES-BEGIN -->')[1] ?? '')
    .split('<!-- RULES-END -->')[0]
    ?.split('\n')
    .filter((line) => /^\| [A-Z]{2}-\d/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    ) ?? [];

describe('the screening table and the clinical reference', () => {
  test.skipIf(!existsSync(REFERENCE))(
    'every row is carried over, column by column and in its order (skipped without the reference)',
    () => {
      const rows = rowsOf(readFileSync(REFERENCE, 'utf8'));
      expect(rows).toHaveLength(79);
      const carried = ruleset.rules.map((rule) => ({
        id: rule.id,
        field: rule.field,
        op: rule.op,
        threshold: threshold(rule),
        outcome: rule.outcome,
        class: rule.class,
        override: rule.override,
        reason: rule.reason,
        why: rule.why,
        source: rule.source,
      }));
      expect(carried).toEqual(
        rows.map(([id, field, op, value, outcome, kind, override, reason, why, source]) => ({
          id,
          field,
          op,
          threshold: value,
          outcome,
          class: kind,
          override: ROLE[override as keyof typeof ROLE],
          reason,
          why,
          source: [...(source ?? '').matchAll(/\[([^\]]+)\]/g)].map(([, tag]) => tag),
        })),
      );
    },
  );

  test('a second reading without any table agrees on random fact sheets, and every rule fires for some of them', () => {
    const fired = new Map<string, number>();
    fc.assert(
      fc.property(sheets, (sheet) => {
        const { disposition, reasons, reasonOutcomes, notes, ...rest } = screen(parseFacts(sheet), ruleset);
        const firedRules = idsOf(rest);
        expect({ disposition, reasons, reasonOutcomes, notes, firedRules }).toEqual(secondReading(sheet));
        for (const id of firedRules) fired.set(id, (fired.get(id) ?? 0) + 1);
      }),
      { numRuns: 4000, seed: 20_261_122 },
    );
    expect(ruleset.rules.map(({ id }) => id).filter((id) => (fired.get(id) ?? 0) < 20)).toEqual([]);
  });
});
