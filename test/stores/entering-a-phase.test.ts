import { describe, expect, test } from 'vitest';
import type { OutboxItem } from '../../functions/contracts/outbox.ts';
import type { Phase } from '../../functions/domain/names.ts';
import { type Desk, enterPhase } from '../../functions/stores/journey/desk.ts';

/** Enters phases at instants, and says under which ids other systems are told. */
const idsOf = (entered: readonly (readonly [Phase, string])[]): string[] => {
  const told: OutboxItem[] = [];
  let journey = { id: 'j1', phase: null } as Desk['journey'];
  for (const [phase, now] of entered)
    enterPhase(
      {
        journey,
        now,
        note: () => undefined,
        follow: (item) => void told.push(item),
        keep: (change) => {
          journey = { ...journey, ...change };
        },
      },
      phase,
    );
  return told.flatMap((item) => (item.kind === 'publish-event' ? item.id : []));
};

describe('Entering a phase', () => {
  test('is one event, however often it is delivered', () => {
    const once = [['series', '2026-03-09T17:00:00.000Z']] as const;
    expect(idsOf(once)).toEqual(idsOf(once));
    expect(idsOf([...once, ['series', '2026-03-10T17:00:00.000Z']])).toHaveLength(1);
  });

  test('again is another event', () => {
    const ids = idsOf([
      ['preparation', '2026-03-05T17:00:00.000Z'],
      ['series', '2026-03-09T17:00:00.000Z'],
      ['preparation', '2026-03-12T17:00:00.000Z'],
    ]);
    expect(new Set(ids).size).toBe(3);
  });
});
