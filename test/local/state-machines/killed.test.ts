import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../local/state-machines/execution.ts';
import { sqliteExecutions } from '../../../local/state-machines/sqlite-executions.ts';

const script = new URL('killed-runner.ts', import.meta.url).pathname;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const linesOf = (folder: string, file: string) =>
  existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim().split('\n') : [];

/** Runs the process; with a number it is killed so many milliseconds after it began to work. Says whether it came to its end. */
const runOnce = async (folder: string, killedAfter: number | undefined): Promise<boolean> => {
  const begun = linesOf(folder, 'starts').join('').length;
  const child = spawn(process.execPath, ['--no-warnings', script, folder], { stdio: 'inherit' });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  if (killedAfter !== undefined) {
    while (child.exitCode === null && linesOf(folder, 'starts').join('').length === begun) await setTimeout(2);
    await setTimeout(killedAfter);
    child.kill('SIGKILL');
  }
  return (await ended) === 0;
};

/** Runs it with kills at random moments until it comes to its end. */
const runThrough = async (kills: readonly number[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  folders.push(folder);
  let killed = 0;
  for (const after of kills) {
    if (await runOnce(folder, after)) break;
    killed += 1;
  }
  if (killed === kills.length) expect(await runOnce(folder, undefined)).toBe(true);
  const store = sqliteExecutions(join(folder, 'state.db'));
  const executions = store.executions();
  const histories = new Map(executions.map(({ name, executionArn }) => [name, store.events(executionArn)]));
  store.close();
  return { killed, executions, histories, calls: linesOf(folder, 'calls'), ends: linesOf(folder, 'ends') };
};

const counted = (events: readonly HistoryEvent[] = []) => {
  const counts: Record<string, number> = {};
  for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

describe('a process that is killed at random moments', () => {
  test('goes on where it was: nested executions, a Map, retries, waits and tokens end as without a kill, each event once', {
    timeout: 120_000,
  }, async () => {
    const smooth = await runThrough([]);
    const kills = Array.from({ length: 8 }, () => Math.floor(Math.random() * 60));
    const rough = await runThrough(kills);
    expect(rough.killed).toBeGreaterThan(0);
    for (const { executions, histories } of [smooth, rough]) {
      expect(executions.map(({ name, status }) => `${name} ${status}`).toSorted()).toEqual([
        'left SUCCEEDED',
        'one SUCCEEDED',
        'right SUCCEEDED',
      ]);
      for (const events of histories.values())
        expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
    }
    for (const name of ['one', 'left', 'right']) {
      const { TaskSubmitted: submitted = 0, ...told } = counted(rough.histories.get(name));
      const { TaskSubmitted: expected = 0, ...without } = counted(smooth.histories.get(name));
      expect(told, `kills after ${kills.join(', ')} ms`).toEqual(without);
      // A function whose token was answered before it returned may die with the process: that it returned is then nobody's to tell.
      expect(submitted).toBeLessThanOrEqual(expected);
    }
    expect(smooth.calls).toHaveLength(2 * 6 * 3 + 1);
    // A function whose answer was not recorded may be called again, and an end may be told again; none is forgotten.
    expect(rough.calls.length).toBeGreaterThanOrEqual(smooth.calls.length);
    expect(new Set(rough.ends)).toEqual(new Set(['one', 'left', 'right']));
  });
});
