import type { Task } from '../domain/journey/task.ts';
import type { Role } from '../domain/names.ts';
import {
  appointments,
  auditEventOf,
  clinicals,
  commands,
  contacts,
  cycles,
  facts,
  handoffs,
  journeyPartition,
  journeys,
  measures,
  messages,
  monthOfFacts,
  overdueTasks,
  patientJourneys,
  safetyEvents,
  screenings,
  taskNumbers,
  tasks,
  waits,
} from './journey-rows.ts';
import { inPhase, inProgram, type ListedPhase } from './journey-shelves.ts';
import type { RowKind } from './row-kind.ts';
import type { Query } from './table.ts';
import { type TransactionPorts, transact } from './transaction.ts';

/** A record as it was read, with the version that it had. */
export type Kept<T> = { readonly value: T; readonly version: string };

/** Some rows of a list in order, and where the next begin; undefined after the last. */
export type Listed<T> = { readonly items: readonly Kept<T>[]; readonly cursor: string | undefined };

/** From where a list goes on, and how many rows at most. */
export type From = { readonly cursor: string | undefined; readonly limit: number };

/** One list of journeys. */
export type JourneyList = {
  readonly phase: ListedPhase;
  readonly held: boolean;
  readonly program: string | undefined;
  readonly until: string | undefined;
};

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

  /** Of what was asked several times, the repetition that is open; a wait knows only what is asked. */
  const openRepetition = async (journeyId: string, askId: string): Promise<Task | undefined> => {
    for (let repetition = 1; ; repetition += 1) {
      const task = (await one(tasks, { journeyId, id: `${askId}-${repetition}` }))?.value;
      if (task === undefined || task.state === 'open') return task;
    }
  };

  return {
    journey: (journeyId: string) => one(journeys, journeyId),
    contact: (journeyId: string) => one(contacts, journeyId),
    clinical: (journeyId: string) => one(clinicals, journeyId),
    handoff: (journeyId: string) => one(handoffs, journeyId),
    command: (journeyId: string, id: string) => one(commands, { journeyId, id }),
    appointment: (journeyId: string, id: string) => one(appointments, { journeyId, id }),
    appointmentsOf: (journeyId: string) => every(appointments, journeyId, 'appointment#'),
    tasksOf: (journeyId: string) => every(tasks, journeyId, 'task#'),
    /** The task that has a number; one that was planned before numbers had rows is looked for among all of its journey. */
    taskAt: async (journeyId: string, number: number): Promise<Kept<Task> | undefined> => {
      const entry = await one(taskNumbers, { journeyId, number });
      if (entry !== undefined) return one(tasks, { journeyId, id: entry.value.taskId });
      return (await every(tasks, journeyId, 'task#')).find(({ value }) => value.number === number);
    },
    /** The tasks of a journey that somebody is asked now: those that its executions wait for. */
    openTasksOf: async (journeyId: string): Promise<Task[]> => {
      const asked = (await every(waits, journeyId, 'wait#')).flatMap(({ value: { taskId } }) => taskId ?? []);
      const found = await Promise.all(asked.map((askId) => openRepetition(journeyId, askId)));
      return found.flatMap((task) => task ?? []);
    },
    screeningsOf: (journeyId: string) => every(screenings, journeyId, 'screening#'),
    cyclesOf: (journeyId: string) => every(cycles, journeyId, 'cycle#'),
    measuresOf: (journeyId: string) => every(measures, journeyId, 'measure#'),
    safetyEventsOf: (journeyId: string) => every(safetyEvents, journeyId, 'safety#'),
    message: (journeyId: string, id: string) => one(messages, { journeyId, id }),
    commandsOf: (journeyId: string) => every(commands, journeyId, 'command#'),
    messagesOf: (journeyId: string, from: From) =>
      listed(messages, { pk: journeyPartition(journeyId), prefix: 'message#' }, from),
    /** Journeys of one phase, on hold or not, by since when they are in it: of one program, and that came into it by `until`, if those are given. */
    journeysIn: ({ phase, held, program, until }: JourneyList, from: From) => {
      const range = until === undefined ? {} : { to: until };
      return program === undefined
        ? listed(journeys, { index: 'by1', pk: inPhase(phase, held), ...range }, from)
        : listed(journeys, { index: 'by2', pk: inProgram(program, phase, held), ...range }, from);
    },
    /** The journeys that a patient has had. */
    journeysOfPatient: (patientId: string, from: From) =>
      listed(patientJourneys, { pk: `patient#${patientId}`, prefix: 'journey#' }, from),
    /** The journeys about which a practice was the last to be asked. */
    journeysOfPractice: (practice: string, from: From) =>
      listed(handoffs, { index: 'by1', pk: `practice#${practice}` }, from),
    /** The overdue tasks of a journey, where it has some. */
    overdueOf: (journeyId: string) => one(overdueTasks, journeyId),
    /** Journeys with overdue tasks, by when the first of these was due. */
    overdueJourneys: (from: From) => listed(overdueTasks, { index: 'by1', pk: 'overdue' }, from),
    /** Cycles that owe an integration, by when its window closes, until an instant. */
    windowsClosing: (until: string, from: From) => listed(cycles, { index: 'by1', pk: 'windows', to: until }, from),
    /** Open tasks that a role has, by when they are due. */
    tasksHeldBy: (role: Role, until: string | undefined, from: From) =>
      listed(tasks, { index: 'by1', pk: `tasks#${role}`, ...(until !== undefined && { to: until }) }, from),
    /** Open tasks that one person is asked, by when they are due. */
    tasksOfPerson: (person: string, until: string | undefined, from: From) =>
      listed(tasks, { index: 'by2', pk: `person#${person}`, ...(until !== undefined && { to: until }) }, from),
    /** Appointments of one location that start on a day of UTC, between two instants. */
    appointmentsOn: (day: { date: string; location: string; start: string; end: string }, from: From) =>
      listed(appointments, { index: 'by1', pk: `day#${day.date}#${day.location}`, from: day.start, to: day.end }, from),
    /** What statistics count in one month of the clinic. */
    factsOf: (month: string, from: From) => listed(facts, { pk: monthOfFacts(month) }, from),
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
