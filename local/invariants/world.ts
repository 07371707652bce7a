import type { Entry } from '../../functions/domain/journey/entry.ts';
import type { Instant } from '../../functions/domain/time/instants.ts';
import type { Zone } from '../../functions/domain/time/zones.ts';
import type { ZoneChange } from '../rehearsal/commands.ts';
import type { OpenRows } from '../rehearsal/engine.ts';
import type { Scenario } from '../rehearsal/scenario.ts';
import { type TimelineEntry, zoneAt } from '../rehearsal/timeline.ts';
import type { ExecutionSummary } from '../state-machines/execution.ts';

/** All that one journey left behind, from which every invariant is worked out anew. */
export type World = {
  readonly scenario: Scenario;
  readonly journeyId: string;
  readonly entries: readonly TimelineEntry[];
  readonly executions: readonly ExecutionSummary[];
  readonly open: OpenRows;
  /** Where the patient lived, from when on. */
  readonly zones: readonly ZoneChange[];
  readonly end: Instant;
};

/** What must hold in every journey; each violation is a sentence that names ids. */
export type Invariant = {
  readonly id: number;
  readonly title: string;
  readonly violations: (world: World) => string[];
};

/** Whether one invariant held in one journey. */
export type InvariantResult = { id: number; held: boolean; violations: string[] };

type Kind = Entry['kind'];

/** An entry of one kind with its times. */
export type Of<K extends Kind> = Extract<TimelineEntry, { kind: K }>;

const isOf =
  <K extends Kind>(kind: K) =>
  (entry: TimelineEntry): entry is Of<K> =>
    entry.kind === kind;

/** The entries of one kind, in order. */
export const allOf = <K extends Kind>(entries: readonly TimelineEntry[], kind: K): Of<K>[] =>
  entries.filter(isOf(kind));

/** What had happened before an entry was written. */
export const before = (entries: readonly TimelineEntry[], entry: TimelineEntry): readonly TimelineEntry[] =>
  entries.slice(0, entries.indexOf(entry));

/** What happened after an entry was written. */
export const after = (entries: readonly TimelineEntry[], entry: TimelineEntry): readonly TimelineEntry[] =>
  entries.slice(entries.indexOf(entry) + 1);

/** The patient's zone when something happened. */
export const zoneOf = ({ zones }: World, at: Instant): Zone => zoneAt(zones, at);

/** Groups by a key, in the order of first appearance. */
export const groupedBy = <T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

/** Whether somebody wrote down who and why. */
export const saysWhy = ({ by, reason }: { by?: string | readonly string[]; reason?: string }): boolean =>
  by !== undefined && by.length > 0 && reason !== undefined && reason.trim() !== '';
