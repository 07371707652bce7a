import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { keptMailbox } from '../../../local/clinic/kept-mailbox.ts';
import { VISIT as visit } from '../../support/visit.ts';

const mail = { channel: 'email', to: 'ana@example.org', subject: 'Your visit', text: 'Tue' } as const;
const name = { journeyId: 'j1', messageId: 'm1' };

test('What was sent is there with what it told the calendar, also in the file of a clinic that kept none', () => {
  const database = new DatabaseSync(':memory:');
  database.exec(
    `CREATE TABLE sent (id INTEGER PRIMARY KEY, at TEXT NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT,
     text TEXT NOT NULL, journeyId TEXT NOT NULL, messageId TEXT NOT NULL, isReported INTEGER NOT NULL DEFAULT 0) STRICT;
     INSERT INTO sent (at, channel, recipient, text, journeyId, messageId) VALUES ('2026-03-01', 'sms', '+1', 'old', 'j0', 'm0')`,
  );
  const mailbox = keptMailbox(database);
  mailbox.add({ ...mail, ...name, visit }, '2026-03-02T17:00:00.000Z');
  expect(mailbox.latest(10)).toMatchObject([{ ...mail, visit }, { text: 'old' }]);
  expect(keptMailbox(database).latest(10)[1]).not.toHaveProperty('visit');
});
