import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { type StorageTrouble, storageTrouble } from '../../../functions/stores/storage-trouble.ts';
import { consultOf } from '../../../local/clinic/consult.ts';
import { keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { answering } from '../../../local/rehearsal/answers.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';
import { fileWithoutRoom } from '../../support/file-without-room.ts';

const HOUR = 3_600_000;
const JOURNEY = 'j1x00001';

/** Three days of a patient in a clinic whose file somebody else locks, or which has no room, for some seconds, when the coordinator is about to book the consult. */
const threeDays = async (trouble: StorageTrouble | undefined) => {
  const folder = mkdtempSync(join(tmpdir(), 'locked-'));
  const path = join(folder, 'clinic.sqlite');
  const scenario = await readScenario({ program: 'northwest-iv' });
  const begin = Date.parse(scenario.start);
  const room = fileWithoutRoom(path);
  const clinic = await keptClinic({ path, library: bundledData(), begin });
  onTestFinished(() => {
    clinic.close();
    room.forget();
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
  if (trouble === 'locked') other.exec('BEGIN IMMEDIATE');
  if (trouble === 'full') room.take();
  await runUntil(begin + 2 * HOUR + 8_000);
  if (trouble === 'locked') other.exec('ROLLBACK');
  if (trouble === 'full') room.give();
  other.close();
  await runUntil(begin + 72 * HOUR);
  const told = (await clinic.events(JOURNEY)).map(({ entry }) =>
    [entry.kind, 'event' in entry ? entry.event : ''].join(' '),
  );
  return { troubles, told };
};

describe('A clinic that cannot write', () => {
  test.each(['locked', 'full'] as const)(
    'says that its file or disk is %s, and goes on where it was once that is put right: what was due meanwhile is done',
    {
      timeout: 60_000,
    },
    async (trouble) => {
      const free = await threeDays(undefined);
      const held = await threeDays(trouble);
      expect(free.troubles).toEqual([]);
      expect(new Set(held.troubles)).toEqual(new Set([trouble]));
      expect(free.told).toContain('appointment attended');
      expect(held.told.toSorted()).toEqual(free.told.toSorted());
    },
  );
});
