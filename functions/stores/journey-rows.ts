import * as z from 'zod';
import { Command } from '../contracts/command.ts';
import { OutboxItem, outboxId } from '../contracts/outbox.ts';
import { Appointment, DayClaims } from '../domain/journey/appointment.ts';
import { Cycle, isOwed } from '../domain/journey/cycle.ts';
import type { AuditEvent } from '../domain/journey/entry.ts';
import { Handoff, Measure } from '../domain/journey/handoff.ts';
import { Counter, Head, Line, Signal, Wait } from '../domain/journey/head.ts';
import { Clinical, Contact, isOnHold, Journey } from '../domain/journey/journey.ts';
import { Message } from '../domain/journey/message.ts';
import { SafetyEvent } from '../domain/journey/safety-event.ts';
import { Task } from '../domain/journey/task.ts';
import { ScreeningRecord } from '../domain/screening/fired-rule.ts';
import { Fact } from '../domain/statistics/fact.ts';
import { firstDueAt, OverdueTasks } from '../domain/tasks/overdue.ts';
import { inPhase, inProgram, listedPhase } from './journey-shelves.ts';
import { rowKind } from './row-kind.ts';
import type { Key, RowDraft } from './table.ts';

/** All rows of one journey share its partition. */
export const journeyPartition = (journeyId: string) => `journey#${journeyId}`;

const padded = (number: number) => String(number).padStart(6, '0');
const single = (sk: string) => (journeyId: string) => ({ pk: journeyPartition(journeyId), sk });
const one = (sk: string) => (id: { journeyId: string; id: string }) => ({
  pk: journeyPartition(id.journeyId),
  sk: `${sk}#${id.id}`,
});
const numbered = (sk: string) => (id: { journeyId: string; number: number }) => ({
  pk: journeyPartition(id.journeyId),
  sk: `${sk}#${padded(id.number)}`,
});

export const journeys = rowKind({
  schema: Journey,
  key: single('journey'),
  idOf: ({ id }) => id,
  places: (journey) => {
    const [phase, held, sk] = [listedPhase(journey), isOnHold(journey), journey.phaseSince];
    return { by1: { pk: inPhase(phase, held), sk }, by2: { pk: inProgram(journey.program.id, phase, held), sk } };
  },
});

/** A clinic keeps one open journey for each patient; this row is its lock. */
export const openJourneys = rowKind({
  schema: z.strictObject({ patientId: z.string(), journeyId: z.string(), requestId: z.string() }),
  key: (patientId: string) => ({ pk: `patient#${patientId}`, sk: 'open-journey' }),
  idOf: ({ patientId }) => patientId,
});

/** Every journey that a patient has had, oldest first. */
export const patientJourneys = rowKind({
  schema: z.strictObject({ patientId: z.string(), journeyId: z.string(), requestedAt: z.string() }),
  key: ({ patientId, requestedAt, journeyId }: { patientId: string; requestedAt: string; journeyId: string }) => ({
    pk: `patient#${patientId}`,
    sk: `journey#${requestedAt}#${journeyId}`,
  }),
  idOf: (journey) => journey,
});

export const heads = rowKind({ schema: Head, key: single('head'), idOf: ({ journeyId }) => journeyId });
export const contacts = rowKind({ schema: Contact, key: single('contact'), idOf: ({ journeyId }) => journeyId });
/** Under the hash of a telephone number: whose it is in which journey, so that a text from it finds them. */
export const numbers = rowKind({
  schema: z.strictObject({ hash: z.string(), journeyId: z.string(), whose: z.enum(['patient', 'chaperone']) }),
  key: ({ hash, journeyId, whose }: { hash: string; journeyId: string; whose: 'patient' | 'chaperone' }) => ({
    pk: `contact#${hash}`,
    sk: `journey#${journeyId}#${whose}`,
  }),
  idOf: (number) => number,
});

/** A number whose owner said STOP: it gets no text, in whatever journey, until they say START. */
export const stoppedNumbers = rowKind({
  schema: z.strictObject({ hash: z.string(), at: z.string() }),
  key: (hash: string) => ({ pk: `contact#${hash}`, sk: 'stopped' }),
  idOf: ({ hash }) => hash,
});

export const clinicals = rowKind({ schema: Clinical, key: single('clinical'), idOf: ({ journeyId }) => journeyId });
/** Every reading of the patient's answers against the rules, oldest first. */
export const screenings = rowKind({
  schema: ScreeningRecord,
  key: ({ journeyId, at }: { journeyId: string; at: string }) => ({
    pk: journeyPartition(journeyId),
    sk: `screening#${at}`,
  }),
  idOf: (screening) => screening,
});
/** Listed with the practice that was asked last. */
export const handoffs = rowKind({
  schema: Handoff,
  key: single('handoff'),
  idOf: ({ journeyId }) => journeyId,
  places: ({ offers }) => {
    const last = offers.at(-1);
    return last === undefined ? {} : { by1: { pk: `practice#${last.partner}`, sk: last.at } };
  },
});

export const lines = rowKind({
  schema: Line,
  key: ({ journeyId, line, epoch }: Line) => ({ pk: journeyPartition(journeyId), sk: `line#${line}#${epoch}` }),
  idOf: (line) => line,
});

export const counters = rowKind({
  schema: Counter,
  key: ({ journeyId, name }: { journeyId: string; name: string }) => ({
    pk: journeyPartition(journeyId),
    sk: `counter#${name}`,
  }),
  idOf: (counter) => counter,
});

export const signals = rowKind({ schema: Signal, key: numbered('signal'), idOf: (signal) => signal });
export const waits = rowKind({ schema: Wait, key: one('wait'), idOf: (wait) => wait });
/** While a cycle owes an integration it is listed by when its window closes. */
export const cycles = rowKind({
  schema: Cycle,
  key: numbered('cycle'),
  idOf: (cycle) => cycle,
  places: (cycle) => {
    const window = cycle.debt?.window ?? null;
    return isOwed(cycle) && window !== null ? { by1: { pk: 'windows', sk: window.closes } } : {};
  },
});

export const appointments = rowKind({
  schema: Appointment,
  key: one('appointment'),
  idOf: (appointment) => appointment,
  places: ({ startsAt, location, state }) =>
    state === 'cancelled' ? {} : { by1: { pk: `day#${startsAt.slice(0, 10)}#${location}`, sk: startsAt } },
});

export const dayClaims = rowKind({
  schema: DayClaims,
  key: ({ resource, date }: { resource: string; date: string }) => ({ pk: `claims#${resource}`, sk: date }),
  idOf: (day) => day,
});

export const tasks = rowKind({
  schema: Task,
  key: one('task'),
  idOf: (task) => task,
  places: ({ state, holder, dueAt, opensAt, assignee }) =>
    state === 'open'
      ? {
          by1: { pk: `tasks#${holder}`, sk: dueAt ?? opensAt },
          // Patients are all called alike here: nobody asks the index for theirs.
          ...(assignee !== null && holder !== 'patient' && { by2: { pk: `person#${assignee}`, sk: dueAt ?? opensAt } }),
        }
      : {},
});

/** A journey with overdue tasks is listed by when the first of them was due. */
export const overdueTasks = rowKind({
  schema: OverdueTasks,
  key: single('overdue'),
  idOf: ({ journeyId }) => journeyId,
  places: (overdue) => ({ by1: { pk: 'overdue', sk: firstDueAt(overdue) } }),
});

/** Which task has a number, so that what people call it finds it. */
export const taskNumbers = rowKind({
  schema: z.strictObject({ journeyId: z.string(), number: z.int().min(1), taskId: z.string() }),
  key: numbered('task-number'),
  idOf: (entry) => entry,
});

export const messages = rowKind({
  schema: Message,
  key: one('message'),
  idOf: (message) => message,
});

export const measures = rowKind({
  schema: Measure,
  key: (id: { journeyId: string; measure: string; occurrence: number }) => ({
    pk: journeyPartition(id.journeyId),
    sk: `measure#${id.measure}#${padded(id.occurrence)}`,
  }),
  idOf: (measure) => measure,
});

export const safetyEvents = rowKind({ schema: SafetyEvent, key: one('safety'), idOf: (event) => event });

/** Facts of one month of the clinic. */
export const monthOfFacts = (month: string) => `facts#${month}`;

/** Facts that statistics count, under what they are about: told again, a fact takes its own place. */
export const facts = rowKind({
  schema: Fact,
  key: ({ month, kind, journeyId, about }: Pick<Fact, 'month' | 'kind' | 'journeyId' | 'about'>) => ({
    pk: monthOfFacts(month),
    sk: `${kind}#${journeyId}#${about}`,
  }),
  idOf: (fact) => fact,
});

/** Somebody's digest of a day, and the journey that its message is kept with: nobody gets two. */
export const digests = rowKind({
  schema: z.strictObject({ person: z.string(), date: z.string(), journeyId: z.string() }),
  key: ({ person, date }: { person: string; date: string }) => ({ pk: `digest#${person}`, sk: date }),
  idOf: (digest) => digest,
});

/** A command with its answer, so that a second delivery gets the first one's. */
export const commands = rowKind({
  schema: z.strictObject({
    ...Command.shape,
    id: z.string(),
    at: z.string(),
    accepted: z.boolean(),
    refusal: z.string().nullable(),
  }),
  key: one('command'),
  idOf: (command) => command,
});

/** An outbox row stands in the sparse index until it is done. */
export const outboxItems = rowKind({
  schema: z.strictObject({ at: z.string(), item: OutboxItem }),
  key: (item: OutboxItem): Key => ({ pk: journeyPartition(item.journeyId), sk: `outbox#${outboxId(item)}` }),
  idOf: ({ item }) => item,
  places: ({ at }) => ({ by1: { pk: 'outbox', sk: at } }),
});

export const outboxRow = (item: OutboxItem, at: string): RowDraft => outboxItems.row({ at, item });

/** Audit events lie in the journey's partition by time and ordinal. */
export const auditKey = ({ journeyId, at, ordinal }: AuditEvent): Key => ({
  pk: journeyPartition(journeyId),
  sk: `audit#${at}#${ordinal}`,
});

const isAuditEvent = (body: unknown): body is AuditEvent =>
  typeof body === 'object' && body !== null && 'entry' in body && 'ordinal' in body;

/** The audit event that a row holds, if it is one; such rows are written by the transaction alone, from typed entries. */
export const auditEventOf = ({ sk, body }: RowDraft): AuditEvent | undefined =>
  sk.startsWith('audit#') && isAuditEvent(body) ? body : undefined;
