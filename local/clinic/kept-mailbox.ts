import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { Visit } from '../../functions/domain/messages/calendar-file.ts';
import type { Mailbox, Sent } from './carriers.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sent (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT, text TEXT NOT NULL,
    journeyId TEXT NOT NULL, messageId TEXT NOT NULL, isReported INTEGER NOT NULL DEFAULT 0, visit TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS unreported ON sent (id) WHERE isReported = 0;
`;

/** A message that left the clinic, as its reader has it. */
export type Delivered = Sent & { readonly id: number; readonly at: string };

const deliveredOf = (row: Record<string, SQLOutputValue>): Delivered => ({
  id: Number(row.id),
  at: String(row.at),
  channel: row.channel === 'sms' ? 'sms' : 'email',
  to: String(row.recipient),
  subject: row.subject === null ? null : String(row.subject),
  text: String(row.text),
  journeyId: String(row.journeyId),
  messageId: String(row.messageId),
  ...(row.visit !== null && { visit: Visit.parse(JSON.parse(String(row.visit))) }),
});

/** A file of a clinic from before e-mails told calendars of visits. */
const addVisit = (database: DatabaseSync): void => {
  const columns = database.prepare('PRAGMA table_info(sent)').all();
  if (!columns.some(({ name }) => name === 'visit')) database.exec('ALTER TABLE sent ADD COLUMN visit TEXT');
};

/** What was sent, in the clinic's file: a report that one process owed is made by the next, and every message can be read. */
export const keptMailbox = (
  database: DatabaseSync,
): Mailbox & { latest(limit: number): Delivered[]; newestAt(): number } => {
  database.exec(SCHEMA);
  addVisit(database);
  const add = database.prepare(
    'INSERT INTO sent (at, channel, recipient, subject, text, journeyId, messageId, visit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const reported = database.prepare('UPDATE sent SET isReported = 1 WHERE id = ?');
  const unreported = database.prepare('SELECT * FROM sent WHERE isReported = 0 ORDER BY id');
  const latest = database.prepare('SELECT * FROM sent ORDER BY id DESC LIMIT ?');
  return {
    add: ({ channel, to, subject, text, journeyId, messageId, visit }, at) => {
      const told = visit === undefined ? null : JSON.stringify(visit);
      return Number(add.run(at, channel, to, subject, text, journeyId, messageId, told).lastInsertRowid);
    },
    reported: (id) => void reported.run(id),
    unreported: () => unreported.all().map(deliveredOf),
    /** The newest first. */
    latest: (limit) => latest.all(limit).map(deliveredOf),
    /** In milliseconds; 0 before the first. */
    newestAt: () => Math.max(0, ...latest.all(1).map(({ at }) => Date.parse(String(at)))),
  };
};
