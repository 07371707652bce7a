import type { DatabaseSync } from 'node:sqlite';
import type { ScheduleBook } from './schedules.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS schedules (
    name TEXT PRIMARY KEY, at TEXT NOT NULL, target TEXT NOT NULL, input TEXT NOT NULL, usefulForSeconds INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** One-time schedules in the clinic's file: what one process leaves the next one sets again. */
export const keptSchedules = (database: DatabaseSync): ScheduleBook => {
  database.exec(SCHEMA);
  const put = database.prepare('INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM schedules WHERE name = ?');
  const all = database.prepare('SELECT * FROM schedules ORDER BY at, name');
  return {
    put: ({ name, at, target, input, usefulForSeconds }) =>
      void put.run(name, at, target, JSON.stringify(input), Math.ceil(usefulForSeconds)),
    remove: (name) => void remove.run(name),
    all: () =>
      all.all().map(({ name, at, target, input, usefulForSeconds }) => ({
        name: String(name),
        at: String(at),
        target: String(target),
        input: JSON.parse(String(input)),
        usefulForSeconds: Number(usefulForSeconds),
      })),
  };
};
