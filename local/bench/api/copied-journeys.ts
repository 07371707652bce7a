import { DatabaseSync } from 'node:sqlite';
import { originOf, placeInIndexes } from '../../state-machines/sqlite-schema.ts';
import { taskTokens } from '../../state-machines/tokens.ts';

/** A journey of a clinic's file that copies are made of. */
export type Seed = { readonly journeyId: string; readonly patientId: string };

type Kept = Record<string, string>;

/** Every journey that a clinic's file holds. */
export const seedsOf = (path: string): Seed[] => {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare("SELECT body FROM rows WHERE sk = 'journey' ORDER BY pk").all();
  database.close();
  return rows.map(({ body }) => {
    const { id, patientId }: { id: string; patientId: string } = JSON.parse(String(body));
    return { journeyId: id, patientId };
  });
};

const TOKEN = /AQB4AAAAKgAAAAMAAAAAAAAAA[A-Za-z0-9+/=]+\.[0-9a-z]+/g;

/** What a copy is named like. */
const copyOf = (text: string, { journeyId, patientId }: Seed, to: Seed): string =>
  text.replaceAll(journeyId, to.journeyId).replaceAll(patientId, to.patientId);

const RENAMED = ['pk', 'sk', 'body'].map((column) => `replace(replace(${column}, :id, :newId), :patient, :newPatient)`);
const ROWS = `INSERT INTO rows (pk, sk, body, by1pk, by1sk, by2pk, by2sk, expiresAt, version)
  SELECT ${RENAMED.join(', ')}, by1pk, by1sk, by2pk, by2sk, expiresAt, version FROM seed.rows
  WHERE pk IN ('journey#' || :id, 'patient#' || :patient) AND sk NOT LIKE 'wait#%'`;
const SCHEDULES = `INSERT INTO schedules
  SELECT replace(name, :id, :newId), at, target, replace(input, :id, :newId), usefulForSeconds FROM seed.schedules
  WHERE name GLOB :id || '.*'`;

/**
 * Copies journeys of one clinic's file into another, each under an id and a patient of its own: rows, places in the indexes,
 * executions that run, with task tokens that nobody else has, and schedules. What has ended is not copied, nor who is booked where.
 */
export const copyJourneys = (from: string, to: string, copies: readonly (readonly [Seed, Seed])[]): void => {
  const database = new DatabaseSync(to);
  // Whoever fills a file begins anew if the machine fails meanwhile.
  database.exec(
    'PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000',
  );
  database.prepare('ATTACH ? AS seed').run(from);
  const waits = database.prepare("SELECT * FROM seed.rows WHERE pk = ? AND sk GLOB 'wait#*'");
  const running = database.prepare(
    "SELECT * FROM seed.executions WHERE running = 1 AND arn LIKE '%:' || ? || '-%' ORDER BY rowid",
  );
  const lines = database.prepare(
    "SELECT lines.* FROM seed.lines JOIN seed.executions USING (arn) WHERE running = 1 AND arn LIKE '%:' || ? || '-%'",
  );
  const insertRows = database.prepare(ROWS);
  const insertSchedules = database.prepare(SCHEDULES);
  const insertWait = database.prepare('INSERT INTO rows (pk, sk, version, body) VALUES (?, ?, ?, ?)');
  const insertExecution = database.prepare(
    `INSERT INTO executions (parent, definition, startedAt, arn, running, told, input, body) VALUES (?, ?, ?, ?, 1, 1, ?, ?)`,
  );
  const insertLine = database.prepare(
    'INSERT INTO lines (body, due, waitOrder, token, arn, place) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const texts = (found: readonly object[]): Kept[] =>
    found.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])));
  const kept = new Map<string, { waits: Kept[]; running: Kept[]; lines: Kept[] }>();
  const { issued = 0 } = database.prepare('SELECT tokens AS issued FROM seed.runner').get() ?? {};
  const tokens = taskTokens(undefined, Number(issued));

  database.exec('INSERT OR IGNORE INTO definitions SELECT * FROM seed.definitions; BEGIN');
  for (const [seed, copy] of copies) {
    const { journeyId: id, patientId: patient } = seed;
    const own = kept.get(id) ?? {
      waits: texts(waits.all(`journey#${id}`)),
      running: texts(running.all(id)),
      lines: texts(lines.all(id)),
    };
    kept.set(id, own);
    const renewed = new Map<string, string>();
    const token = (old: string): string => {
      const known = renewed.get(old) ?? tokens.issue();
      renewed.set(old, known);
      return known;
    };
    const named = (text = ''): string => copyOf(text, seed, copy);
    const renewedIn = (text = ''): string => named(text).replaceAll(TOKEN, token);
    insertRows.run({ id, patient, newId: copy.journeyId, newPatient: copy.patientId });
    insertSchedules.run({ id, newId: copy.journeyId });
    for (const { pk, sk = '', version = '', body } of own.waits)
      insertWait.run(named(pk), sk, version, renewedIn(body));
    for (const { arn, input, body } of own.running) {
      const saved = named(body);
      insertExecution.run(...originOf(JSON.parse(saved)), named(arn), named(input), saved);
    }
    for (const { arn, place = '', body } of own.lines) {
      const line = renewedIn(body);
      insertLine.run(line, ...placeInIndexes(JSON.parse(line)), named(arn), place);
    }
  }
  database.prepare('UPDATE runner SET now = (SELECT now FROM seed.runner), tokens = ?').run(tokens.issued());
  database.exec('COMMIT; ANALYZE');
  database.close();
};
