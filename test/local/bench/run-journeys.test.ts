import { expect, test } from 'vitest';
import { JourneyNotCompleted, runJourneys } from '../../../local/bench/run-journeys.ts';

test('journeys that are live at once take the transitions that each takes alone', async () => {
  const [alone, together] = [await runJourneys('northwest-iv', 1), await runJourneys('northwest-iv', 3)];
  expect(together.transitions).toBe(3 * alone.transitions);
}, 60_000);

test('a journey that does not reach "completed" is no measurement', async () => {
  await expect(runJourneys('northwest-iv', 1, { until: 'P7D' })).rejects.toThrow(JourneyNotCompleted);
}, 60_000);
