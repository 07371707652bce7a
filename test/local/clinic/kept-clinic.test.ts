import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { newId } from '../../../functions/runtime/clock.ts';
import { sqliteTable } from '../../../functions/stores/sqlite-table.ts';
import { oneMachine } from '../../../local/clinic/one-machine.ts';
import { reader } from '../../../local/clinic/reader.ts';
import { rehearse } from '../../../local/rehearsal/run.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';
import { type TimelineEntry, timelineOf } from '../../../local/rehearsal/timeline.ts';

const script = new URL('killed-clinic.ts', import.meta.url).pathname;
/** Into the middle of the series. */
const DAYS = 45;
const folder = mkdtempSync(join(tmpdir(), 'killed-clinic-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lets the process carry the journey; with a number it is killed so many milliseconds after it began. Says whether it came to the last day. */
const carry = async (path: string, killedAfter?: number): Promise<boolean> => {
  const child = spawn(process.execPath, ['--no-warnings', script, path, String(DAYS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  if (killedAfter !== undefined) {
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await setTimeout(killedAfter);
    child.kill('SIGKILL');
  }
  return (await ended) === 0;
};

/**
 * What happened to the patient, in order of time and text. What happens at one instant has no order between two processes, so
 * numbers given out then are left out, and so are digests: whether a task was still open at that very moment is chance. Of what
 * was sent but not recorded when the process died, the carrier's report tells seconds later.
 */
const told = (entries: readonly TimelineEntry[]): string[] =>
  entries
    .filter((entry) => entry.kind !== 'message' || entry.message !== 'digest')
    .map((entry) =>
      JSON.stringify({ ...entry, at: entry.at.slice(0, 16), occurrence: undefined }).replaceAll(/-t\d+/g, ''),
    )
    .toSorted();

type Message = Extract<TimelineEntry, { kind: 'message' }>;
const aboutOf = ({ message, person, appointmentId }: Message): string => `${message} ${person} ${appointmentId}`;

/** Messages that are sent at most once: where the process died between the claim and the sending nobody knows, and they are left. */
const leftUnknown = (entries: readonly TimelineEntry[]): ReadonlySet<string> =>
  new Set(
    entries.flatMap((entry) =>
      entry.kind === 'message' && entry.event === 'failed' && entry.reason === 'sending-unknown'
        ? [aboutOf(entry)]
        : [],
    ),
  );

test('a clinic whose process is killed again and again goes on with its patient where it was, each thing told once', {
  timeout: 120_000,
}, async () => {
  const path = join(folder, 'clinic.db');
  let kills = 0;
  while (kills < 4 && !(await carry(path, 50 + Math.random() * 250))) kills += 1;
  expect(await carry(path)).toBe(true);
  expect(kills).toBeGreaterThan(0);

  const table = sqliteTable({ path, newId });
  const events = await reader(table).events('j1x00001');
  table.close();
  const scenario = await readScenario({ program: 'northwest-iv' });
  const undisturbed = await rehearse(scenario, oneMachine, { record: false });
  const zones = [{ at: scenario.start, zone: scenario.patient.zone }];
  const end = new Date(Date.parse(scenario.start) + DAYS * 24 * 3_600_000).toISOString();
  const entries = timelineOf(events, zones);
  const unknown = leftUnknown(entries);
  expect(unknown.size).toBeLessThanOrEqual(kills);
  const known = (all: readonly TimelineEntry[]) =>
    all.filter((entry) => entry.kind !== 'message' || !unknown.has(aboutOf(entry)));
  const expected = undisturbed.result.entries.filter(({ at }) => at <= end);
  expect(told(known(entries))).toEqual(told(known(expected)));
});
