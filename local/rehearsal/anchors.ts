import type { Entry } from '../../functions/domain/journey/entry.ts';
import type { CommandAnchor } from '../../functions/domain/names.ts';

/** A recorded end, and what it is the end of: the same end told twice has the same key. */
type Reached = { readonly anchor: CommandAnchor; readonly key: string };

const PHASE_ENDS = { screening: 'screening', clearance: 'clearance', plan: 'plan', series: 'series' } as const;
const ENCOUNTERS = { consult: 'consult', preparation: 'preparation', integration: 'integration' } as const;

const isKeyOf = <T extends object>(table: T, key: PropertyKey): key is keyof T => Object.hasOwn(table, key);

/** The recorded end that an entry tells, if any. */
const reachedBy = (entry: Entry): Reached | undefined => {
  if (entry.kind === 'phase' && entry.event === 'left' && isKeyOf(PHASE_ENDS, entry.phase))
    return { anchor: PHASE_ENDS[entry.phase], key: entry.phase };
  if (entry.kind === 'appointment') {
    if (entry.event === 'booked' && entry.appointment === 'dosing') return { anchor: 'booked-dose', key: entry.id };
    const ended = entry.event === 'ended' || entry.event === 'attended';
    if (ended && isKeyOf(ENCOUNTERS, entry.appointment))
      return { anchor: ENCOUNTERS[entry.appointment], key: entry.id };
  }
  if (entry.kind === 'dose' && entry.event !== 'started') return { anchor: 'dose', key: String(entry.cycle) };
  if (entry.kind === 'task' && entry.event === 'decided') {
    if (entry.task === 'fit-decision') return { anchor: 'fit', key: entry.id };
    if (entry.task === 'discharge') return { anchor: 'discharge', key: entry.id };
  }
  return undefined;
};

/** Numbers recorded ends as they come: `dose` 3 is the end of the third dose; undefined for all that is no new end. */
export const anchorCounter = () => {
  const seen = new Map<CommandAnchor, Set<string>>();
  return (entry: Entry): { anchor: CommandAnchor; occurrence: number } | undefined => {
    const reached = reachedBy(entry);
    if (reached === undefined) return undefined;
    const keys = seen.get(reached.anchor) ?? new Set<string>();
    seen.set(reached.anchor, keys);
    if (keys.has(reached.key)) return undefined;
    keys.add(reached.key);
    return { anchor: reached.anchor, occurrence: keys.size };
  };
};
