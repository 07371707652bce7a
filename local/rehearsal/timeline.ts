import type { AuditEvent, Entry } from '../../functions/domain/journey/entry.ts';
import type { Instant } from '../../functions/domain/time/instants.ts';
import { formatLocal } from '../../functions/domain/time/local.ts';
import type { Zone } from '../../functions/domain/time/zones.ts';
import type { ZoneChange } from './commands.ts';

/** What happened, when it did, and what the patient's clock showed. */
export type TimelineEntry = { readonly at: Instant; readonly local: string } & Entry;

/** The patient's zone at an instant. */
export const zoneAt = (zones: readonly ZoneChange[], at: Instant): Zone =>
  (zones.findLast((change) => change.at <= at) ?? zones[0])?.zone ?? 'UTC';

// The kind comes right after the times, so that a line of JSON says first what it is about.
const entryOf = ({ at, entry }: AuditEvent, zones: readonly ZoneChange[]): TimelineEntry =>
  Object.assign({ at, local: formatLocal(at, zoneAt(zones, at)), kind: entry.kind }, entry);

/** The timeline of a journey, in order of time; what happened at one instant stays in the order in which it was written. */
export const timelineOf = (events: readonly AuditEvent[], zones: readonly ZoneChange[]): TimelineEntry[] =>
  events.map((event) => entryOf(event, zones)).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
