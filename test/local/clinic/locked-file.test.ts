import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { storageTrouble } from '../../../functions/stores/storage-trouble.ts';
import { consultOf } from '../../../local/clinic/consult.ts';
import { keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { answering } from '../../../local/rehearsal/answers.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';

const HOUR = 3_600_000;
const JOURNEY = 'j1x00001';

/** Three days of a patient in a clinic whose file somebody else locks for some seconds, when the coordinator is about to book the consult. */
const threeDays = async ({ locked }: { readonly locked: boolean }) => {
  const folder = mkdtempSync(join(tmpdir(), 'locked-'));
  const path = join(folder, 'clinic.sqlite');
  const scenario = await readScenario({ program: 'northwest-iv' });
  const begin = Date.parse(scenario.start);
  const clinic = await keptClinic({ path, library: bundledData(), begin });
  onTestFinished(() => {
    clinic.close();
    rmSync(folder, { recursive: true, force: true });
  });
  clinic.onEvent(answering(clinic, scenario).hear);
  const troubles: unknown[] = [];
  const runUntil = async (until: number): Promise<void> => {
    for (;;) {
      try {
        await clinic.clock.run({ until });
        return;
      } catch (failure) {
        troubles.push(storageTrouble(failure) ?? failure);
      }
    }
  };
  const request = consultOf(scenario.patient, scenario.program, 'patient-1');
  await clinic.journeys.requestConsult({ ...request, journeyId: JOURNEY });
  await runUntil(begin + 2 * HOUR - 1);
  const other = new DatabaseSync(path);
  if (locked) other.exec('BEGIN IMMEDIATE');
  await runUntil(begin + 2 * HOUR + 8_000);
  if (locked) other.exec('ROLLBACK');
  other.close();
  await runUntil(begin + 72 * HOUR);
  const told = (await clinic.events(JOURNEY)).map(({ entry }) =>
    [entry.kind, 'event' in entry ? entry.event : ''].join(' '),
  );
  return { troubles, told };
};

describe('A clinic whose file is locked', () => {
  test('says so, and goes on where it was once it is free: what was due meanwhile is done', {
    timeout: 60_000,
  }, async () => {
    const free = await threeDays({ locked: false });
    const held = await threeDays({ locked: true });
    expect(free.troubles).toEqual([]);
    expect(new Set(held.troubles)).toEqual(new Set(['locked']));
    expect(free.told).toContain('appointment attended');
    expect(held.told.toSorted()).toEqual(free.told.toSorted());
  });
});
