import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareCase } from '../../../local/state-machines/compare-case.ts';
import { runCase } from '../../../local/state-machines/run-case.ts';

const recordings = new URL('../../../../shared/asl-conformance/cases.json', import.meta.url);
const isThere = existsSync(recordings);
const cases: Record<string, unknown>[] = isThere ? JSON.parse(readFileSync(recordings, 'utf8')) : [];

describe.skipIf(!isThere)('as recorded from AWS', () => {
  test.each(cases.map((one) => [String(one.id), one] as const))('%s', async (_id, one) => {
    expect(compareCase(one, await runCase(one, 0, false))).toEqual([]);
  });
});

test.skipIf(isThere)(
  'the recordings are not here, so nothing was compared with them: ../shared/asl-conformance/cases.json',
  () => {
    expect(isThere).toBe(false);
  },
);
