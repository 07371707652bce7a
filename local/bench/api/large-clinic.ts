import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { LibraryData } from '../../../functions/stores/bundled-library.ts';
import { fillDemo } from '../../clinic/demo.ts';
import { keptClinic } from '../../clinic/kept-clinic.ts';
import { copyJourneys, type Seed } from './copied-journeys.ts';

/** What a large clinic holds. */
export type Large = { readonly journeys: number; readonly openTasks: number; readonly rows: number };

const DAY = 86_400_000;
/** How long nobody has answered: tasks wait, and many are overdue. */
const SILENT_DAYS = 18;
/** How long the people of each program had answered before. */
const ANSWERED_DAYS = [1, 9, 16, 26, 40] as const;
const PROGRAMS = ['northwest-iv', 'three-phase', 'two-then-extend', 'therapist-led', 'moderate-high'] as const;

const gone = (path: string): void => {
  for (const end of ['', '-wal', '-shm', '-lock', '-notes']) rmSync(`${path}${end}`, { force: true });
};

/** Lives some journeys of every program, whose people stop to answer. */
const liveSeeds = async (path: string, library: LibraryData, now: number): Promise<void> => {
  const patients = ANSWERED_DAYS.toReversed().flatMap((daysAgo) =>
    PROGRAMS.map((program) => ({ firstName: 'Sam', program, daysAgo })),
  );
  const silentSince = now - SILENT_DAYS * DAY;
  await fillDemo(path, library, silentSince, patients);
  const clinic = await keptClinic({ path, library, begin: silentSince });
  await clinic.clock.run({ until: now });
  clinic.close();
};

type Standing = Seed & { readonly open: number };

const standings = (path: string): Standing[] => {
  const database = new DatabaseSync(path, { readOnly: true });
  const found = database
    .prepare(
      `SELECT body ->> 'id' AS journeyId, body ->> 'patientId' AS patientId, (SELECT count(*) FROM rows AS task
         WHERE task.pk = rows.pk AND task.sk GLOB 'task#*' AND task.body ->> 'state' = 'open') AS open
       FROM rows WHERE sk = 'journey' ORDER BY pk`,
    )
    .all();
  database.close();
  return found.map(({ journeyId, patientId, open }) => ({
    journeyId: String(journeyId),
    patientId: String(patientId),
    open: Number(open),
  }));
};

/** Which seed each copy is of: those with many open tasks as often as the wanted number of them takes, the others in between. */
const chosen = (seeds: readonly Standing[], journeys: number, openTasks: number): Standing[] => {
  const byOpen = seeds.toSorted((a, b) => b.open - a.open);
  const [many, few] = [byOpen.slice(0, byOpen.length / 2), byOpen.slice(byOpen.length / 2)];
  let left = openTasks;
  return Array.from({ length: journeys }, (_, n) => {
    const from = left > (journeys - n) * 3 ? many : few;
    const seed = from[n % from.length] ?? { journeyId: '', patientId: '', open: 0 };
    left -= seed.open;
    return seed;
  });
};

const counted = (path: string): Large => {
  const database = new DatabaseSync(path, { readOnly: true });
  const count = (where: string): number =>
    Number(database.prepare(`SELECT count(*) AS n FROM rows ${where}`).get()?.n ?? 0);
  const large = {
    journeys: count("WHERE by1pk >= 'journeys#' AND by1pk < 'journeys$'"),
    openTasks: count("WHERE by1pk >= 'tasks#' AND by1pk < 'tasks$'"),
    rows: count(''),
  };
  database.close();
  return large;
};

/**
 * Fills a file with a clinic as large as asked, as it stands at `now` (milliseconds): copies of some journeys that were really
 * lived. Its clock does not run while it is filled.
 */
export const fillLargeClinic = async (
  path: string,
  library: LibraryData,
  { journeys, openTasks, now }: { readonly journeys: number; readonly openTasks: number; readonly now: number },
): Promise<Large> => {
  const seeds = `${path}.seeds`;
  gone(seeds);
  gone(path);
  await liveSeeds(seeds, library, now);
  // A clinic that is opened has its tables.
  (await keptClinic({ path, library, begin: now })).close();
  const copies = chosen(standings(seeds), journeys, openTasks).map((seed, n): readonly [Seed, Seed] => [
    seed,
    { journeyId: `jcopy${n}x`, patientId: `patient-${n}-copy` },
  ]);
  copyJourneys(seeds, path, copies);
  gone(seeds);
  return counted(path);
};
