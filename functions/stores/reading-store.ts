import type { PHASES, Role } from '../domain/names.ts';
import {
  appointments,
  auditEventOf,
  clinicals,
  commands,
  contacts,
  cycles,
  handoffs,
  journeyPartition,
  journeys,
  measures,
  messages,
  openJourneys,
  safetyEvents,
  tasks,
} from './journey-rows.ts';
import type { RowKind } from './row-kind.ts';
import type { Query } from './table.ts';
import { type TransactionPorts, transact } from './transaction.ts';

/** A record as it was read, with the version that it had. */
export type Kept<T> = { readonly value: T; readonly version: string };

/** Some rows of a list in order, and where the next begin; undefined after the last. */
export type Listed<T> = { readonly items: readonly Kept<T>[]; readonly cursor: string | undefined };

/** From where a list goes on, and how many rows at most. */
export type From = { readonly cursor: string | undefined; readonly limit: number };

/** Everything that people look at: reads by key and by index, never a scan; nothing is decided on them. */
export const readingStore = (ports: TransactionPorts) => {
  const { table } = ports;
  const one = async <T, I>(kind: RowKind<T, I>, id: I): Promise<Kept<T> | undefined> => {
    const row = await table.get(kind.key(id));
    return row && { value: kind.read(row), version: row.version };
  };
  const listed = async <T, I>(kind: RowKind<T, I>, query: Query, { cursor, limit }: From): Promise<Listed<T>> => {
    const page = await table.query({ ...query, limit, ...(cursor !== undefined && { cursor }) });
    return {
      items: page.rows.map((row) => ({ value: kind.read(row), version: row.version })),
      cursor: page.cursor,
    };
  };
  const every = async <T, I>(kind: RowKind<T, I>, journeyId: string, prefix: string): Promise<Kept<T>[]> => {
    const items: Kept<T>[] = [];
    let cursor: string | undefined;
    do {
      const page = await listed(kind, { pk: journeyPartition(journeyId), prefix }, { cursor, limit: 1_000 });
      items.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return items;
  };

  return {
    journey: (journeyId: string) => one(journeys, journeyId),
    /** The journey that a patient is on. */
    openJourneyOf: (patientId: string) => one(openJourneys, patientId),
    contact: (journeyId: string) => one(contacts, journeyId),
    clinical: (journeyId: string) => one(clinicals, journeyId),
    handoff: (journeyId: string) => one(handoffs, journeyId),
    command: (journeyId: string, id: string) => one(commands, { journeyId, id }),
    appointment: (journeyId: string, id: string) => one(appointments, { journeyId, id }),
    appointmentsOf: (journeyId: string) => every(appointments, journeyId, 'appointment#'),
    tasksOf: (journeyId: string) => every(tasks, journeyId, 'task#'),
    cyclesOf: (journeyId: string) => every(cycles, journeyId, 'cycle#'),
    measuresOf: (journeyId: string) => every(measures, journeyId, 'measure#'),
    safetyEventsOf: (journeyId: string) => every(safetyEvents, journeyId, 'safety#'),
    commandsOf: (journeyId: string) => every(commands, journeyId, 'command#'),
    messagesOf: (journeyId: string, from: From) =>
      listed(messages, { pk: journeyPartition(journeyId), prefix: 'message#' }, from),
    /** Journeys of one phase by since when they are in it, those that came into it by `until` if that is given. */
    journeysIn: (phase: (typeof PHASES)[number] | 'new' | 'closed', until: string | undefined, from: From) =>
      listed(journeys, { index: 'by1', pk: `journeys#${phase}`, ...(until !== undefined && { to: until }) }, from),
    /** Open tasks that a role has, by when they are due. */
    tasksHeldBy: (role: Role, until: string | undefined, from: From) =>
      listed(tasks, { index: 'by1', pk: `tasks#${role}`, ...(until !== undefined && { to: until }) }, from),
    /** Open tasks that one person is asked, by when they are due. */
    tasksOfPerson: (person: string, until: string | undefined, from: From) =>
      listed(tasks, { index: 'by2', pk: `person#${person}`, ...(until !== undefined && { to: until }) }, from),
    /** Appointments of one location that start on a day of UTC, between two instants. */
    appointmentsOn: (day: { date: string; location: string; start: string; end: string }, from: From) =>
      listed(appointments, { index: 'by1', pk: `day#${day.date}#${day.location}`, from: day.start, to: day.end }, from),
    /** Audit events in order, or the newest first. */
    events: async (journeyId: string, newest: boolean, { cursor, limit }: From) => {
      const page = await table.query({
        pk: journeyPartition(journeyId),
        prefix: 'audit#',
        limit,
        descending: newest,
        ...(cursor !== undefined && { cursor }),
      });
      return { items: page.rows.flatMap((row) => auditEventOf(row) ?? []), cursor: page.cursor };
    },
    /** Writes down that somebody looked at the clinical record, before they are shown it. */
    noteRead: (
      journeyId: string,
      read: { by: { roles: readonly Role[]; id: string }; operation: string; parts: readonly string[] },
    ): Promise<void> => transact(ports, read.operation, async ({ note }) => note(journeyId, { kind: 'read', ...read })),
  };
};

export type ReadingStore = ReturnType<typeof readingStore>;
