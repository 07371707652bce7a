import { vi } from 'vitest';
import type { OutboxItem } from '../../../functions/contracts/outbox.ts';
import type { Answer, Run } from '../../../functions/contracts/run.ts';
import type { OutboxDeps } from '../../../functions/handlers/outbox/carry-out.ts';
import type { JourneyStore } from '../../../functions/stores/journey-store.ts';

export const NOW = '2026-03-02T17:00:00.000Z';
export const journeyId = 'j3f9a0c1b2d4e';
export const run: Run = { journeyId, line: 'main', epoch: 1 };

/** What a decided booking lets a state machine do. */
export const answer: Answer = { follows: 'go-on', answer: 'booked', taskId: 'book-pair-c3-1', seen: 4, round: 17 };

/** A port of which a test gives the acts that it expects; any other fails it. */
export const fake = <T extends object>(acts: Partial<T>): T =>
  new Proxy(acts, {
    get(given, act) {
      if (Reflect.has(given, act)) return Reflect.get(given, act);
      throw new Error(`${String(act)} was not to be asked`);
    },
  }) as T;

/** A journey store that does what is given and nothing else. */
export const journeysThat = (acts: Partial<JourneyStore>): JourneyStore => fake<JourneyStore>(acts);

/** All that the outbox reaches: everything sent, started and planned is noted, in order, and nothing leaves. */
export const outboxWorld = (acts: Partial<JourneyStore> = {}) => {
  const did: unknown[] = [];
  const note =
    <T>(act: string, result: T) =>
    async (...inputs: unknown[]): Promise<T> => {
      did.push([act, ...inputs]);
      return result;
    };
  const deps = {
    journeys: journeysThat(acts),
    email: { send: vi.fn(note('email', { providerMessageId: 'ses-1' })) },
    sms: { send: vi.fn(note('sms', { providerMessageId: 'sms-1' })) },
    now: () => NOW,
    workflows: {
      start: vi.fn(note<'started' | 'already'>('start', 'started')),
      succeed: vi.fn(note('succeed', undefined)),
      status: vi.fn(note<'RUNNING'>('status', 'RUNNING')),
    },
    schedules: { put: vi.fn(note('put', undefined)), remove: vi.fn(note('remove', undefined)) },
    events: { publish: vi.fn(note('publish', undefined)) },
  } satisfies OutboxDeps;
  return { deps, did, note };
};

/** Outbox rows that are pending, by the key under which the stream shows them, in pages; what is struck off is gone. */
export const outboxRows = (items: readonly OutboxItem[], page = 100) => {
  const all = items.map((item, index) => ({ key: `outbox#${index}`, item, version: `v${index}` }));
  const rows = new Map<string, (typeof all)[number]>(all.map((row) => [row.key, row]));
  const left = (): string[] => [...rows.keys()];
  const acts = {
    pendingItem: async ({ sk }: { sk: string }) => rows.get(sk),
    async pendingItems({ cursor }: { before: string; cursor?: string }) {
      const from = Number(cursor ?? 0);
      const shown = all.slice(from, from + page).filter(({ key }) => rows.has(key));
      return { items: shown, cursor: from + page < all.length ? String(from + page) : null };
    },
    async strikeOff({ version }: { version: string }) {
      for (const [key, row] of rows) if (row.version === version) rows.delete(key);
    },
  } satisfies Partial<JourneyStore>;
  return { acts, left };
};
