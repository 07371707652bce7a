import { describe, expect, test } from 'vitest';
import { answerSeen } from '../../../functions/domain/law/answer-seen.ts';
import type { TaskKind } from '../../../functions/domain/names.ts';

const task = (kind: TaskKind, data: Record<string, string | number | object>, about?: string) =>
  ({ kind, ask: about === undefined ? {} : { about }, data }) as Parameters<typeof answerSeen>[0];
const without = (hidden: string) => (part: string) => part !== hidden;

describe('What was recorded with an answer', () => {
  test.each<TaskKind>(['dosing-day-check', 'dose-order', 'record-dose', 'complete-readings', 'discharge'])(
    'to %s is for who sees what was given and read in a session',
    (kind) => {
      const recorded = task(kind, { doseMg: 40 });
      expect(answerSeen(recorded, without('medication-and-monitoring'))).toEqual({});
      expect(answerSeen(recorded, without('results'))).toEqual({ doseMg: 40 });
    },
  );

  test('of a questionnaire is for who sees that instrument', () => {
    const recorded = task('answer-measure', { total: 9 }, 'audit-c-baseline');
    expect(answerSeen(recorded, without('audit-c'))).toEqual({});
    expect(answerSeen(recorded, without('phq9'))).toEqual({ total: 9 });
  });

  test('of the screening leaves out the facts that its reader does not see', () => {
    const recorded = task('answer-screening', { facts: { sud: 'alcohol', age: 40 }, phq9: { 'item-1': 2 } });
    expect(answerSeen(recorded, without('sud'))).toEqual({ facts: { age: 40 }, phq9: { 'item-1': 2 } });
    expect(answerSeen(recorded, () => true)).toEqual(recorded.data);
  });
});
