import { describe, expect, test } from 'vitest';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import type { TimelineEntry } from '../../local/rehearsal/timeline.ts';
import { type Trouble, type TroubledClinic, troubledClinic } from '../support/troubled-clinic.ts';

/** Rehearses a journey and keeps the machine, to look at its rows. */
const run = async (file: object, trouble: Trouble) => {
  const kept: TroubledClinic[] = [];
  const scenario = await readScenario({ program: 'northwest-iv', ...file });
  const rehearsal = await rehearse(
    scenario,
    troubledClinic(trouble, (clinic) => kept.push(clinic)),
    { record: false },
  );
  expect(rehearsal.failure).toBeUndefined();
  return { ...rehearsal.result, rows: kept[0]?.rows ?? new Map() };
};

/** A gate that is asked twice tells twice what it found: the number of its asking is all that differs. */
const withoutRepeatedLooks = (entries: readonly TimelineEntry[]): TimelineEntry[] => {
  const seen = new Set<string>();
  const kept: TimelineEntry[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'gate') {
      kept.push(entry);
      continue;
    }
    const { at, gate, result, checks } = entry;
    const look = JSON.stringify({ at, gate, result, checks });
    if (seen.has(look)) continue;
    seen.add(look);
    kept.push({ ...entry, occurrence: seen.size });
  }
  return kept;
};

/** The timeline as text, without the numbers that order what happens at one instant. */
const toldOf = (entries: readonly TimelineEntry[]): string[] =>
  withoutRepeatedLooks(entries).map((entry) => JSON.stringify({ ...entry, ordinal: undefined }));

/** How many rows of each kind a journey has. */
const countsOf = (rows: ReadonlyMap<string, { readonly sk: string }>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { sk } of rows.values()) {
    const kind = sk.split('#')[0] ?? sk;
    if (kind !== 'audit') counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

const never = (task: string) => ({ task, never: true });

const SCENARIOS: readonly [string, object][] = [
  ['a patient who completes the series', {}],
  [
    'a patient who misses an integration',
    { people: [{ task: 'record-integration', occurrence: 1, answer: 'no-show' }] },
  ],
  [
    'a patient who withdraws in the middle of the series',
    { commands: [{ after: 'dose', occurrence: 2, command: 'withdraw', by: { role: 'patient', id: 'patient' } }] },
  ],
  [
    'a dose that is moved by its clinic',
    {
      commands: [
        {
          after: 'booked-dose',
          occurrence: 2,
          command: 'reschedule-appointment',
          by: { role: 'coordinator', id: 'coordinator-1' },
          data: { appointment: 'dosing', startsAt: { shift: 'P1D' } },
        },
      ],
    },
  ],
  [
    'a patient who pauses while an integration is owed, and comes back',
    {
      commands: [
        { after: 'discharge', occurrence: 1, plus: 'PT1H', command: 'pause', by: { role: 'coordinator' } },
        { after: 'discharge', occurrence: 1, plus: 'P20D', command: 'resume', by: { role: 'coordinator' } },
      ],
    },
  ],
  ['a clearance that nobody answers at first', { people: [{ ...never('medical-clearance'), role: 'provider' }] }],
  [
    'a patient whom nobody reaches',
    { people: [never('answer-screening'), { task: 'call-patient', answer: 'not-reached' }] },
  ],
];

describe('Every function called twice with the same event', { timeout: 60_000 }, () => {
  test.each(SCENARIOS)('changes nothing for %s', async (_, file) => {
    const plain = await run(file, {});
    const failed: string[] = [];
    const twice = await run(file, {
      invoked: async (name, event, call) => {
        await call(event);
        try {
          return await call(event);
        } catch (error) {
          failed.push(`${name}: ${String(error)}`);
          throw error;
        }
      },
    });
    expect(plain.outcome).not.toBeNull();
    expect(twice.outcome).toEqual(plain.outcome);
    expect(toldOf(twice.entries)).toEqual(toldOf(plain.entries));
    expect(countsOf(twice.rows)).toEqual(countsOf(plain.rows));
    expect(twice.executions.map(({ name, status }) => [name, status])).toEqual(
      plain.executions.map(({ name, status }) => [name, status]),
    );
    expect(failed).toEqual([]);
    expect(twice.invariants.flatMap(({ violations }) => violations)).toEqual([]);
  });

  test('and both at the same moment changes nothing either', async () => {
    const plain = await run({}, {});
    const twice = await run(
      {},
      { invoked: async (_, event, call) => (await Promise.all([call(event), call(event)]))[1] },
    );
    expect(twice.outcome).toEqual(plain.outcome);
    expect(toldOf(twice.entries).toSorted()).toEqual(toldOf(plain.entries).toSorted());
    expect(countsOf(twice.rows)).toEqual(countsOf(plain.rows));
  });
});
