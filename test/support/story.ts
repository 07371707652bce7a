import { expect } from 'vitest';
import { oneMachine } from '../../local/clinic/one-machine.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import type { TimelineEntry } from '../../local/rehearsal/timeline.ts';

/** Entries of one kind, with its own fields. */
type Of<K extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: K }>;

/** One journey told from a scenario: every story runs on the real machines, handlers and stores, and holds every invariant. */
export const tell = async (scenario: object) => {
  const read = await readScenario({ program: 'northwest-iv', ...scenario });
  const rehearsal = await rehearse(read, oneMachine);
  const { entries, outcome, invariants, executions } = rehearsal.result;
  expect(rehearsal.failure).toBeUndefined();
  expect(invariants.flatMap(({ id, violations }) => violations.map((violation) => `${id}: ${violation}`))).toEqual([]);
  expect(executions.filter(({ status }) => status !== 'SUCCEEDED').map(({ name }) => name)).toEqual([]);
  const all = <K extends TimelineEntry['kind']>(kind: K, fields: Partial<Of<K>> = {}): Of<K>[] =>
    entries.filter(
      (entry): entry is Of<K> =>
        entry.kind === kind &&
        Object.entries(fields).every(([key, value]) =>
          Object.entries(entry).some(([k, v]) => k === key && v === value),
        ),
    );
  const one = <K extends TimelineEntry['kind']>(kind: K, fields: Partial<Of<K>> = {}): Of<K> => {
    const [found, ...more] = all(kind, fields);
    expect(found, `a ${kind} entry with ${JSON.stringify(fields)}`).toBeDefined();
    expect(more.length, `only one ${kind} entry with ${JSON.stringify(fields)}`).toBe(0);
    if (found === undefined) throw new Error('no such entry');
    return found;
  };
  return {
    ...rehearsal,
    entries,
    outcome: outcome?.kind,
    reason: outcome?.reason,
    all,
    one,
    texts: () => all('message', { event: 'sent' }).map(({ text }) => text ?? ''),
  };
};

const HOUR = 3_600_000;

/** Hours from one moment to another. */
export const hoursBetween = (from: { at: string } | string, to: { at: string } | string): number => {
  const ms = (moment: { at: string } | string) => Date.parse(typeof moment === 'string' ? moment : moment.at);
  return (ms(to) - ms(from)) / HOUR;
};
