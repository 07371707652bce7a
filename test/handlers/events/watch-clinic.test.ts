import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/events/watch-clinic.ts';
import { journeysThat } from '../support/fakes.ts';
import { call } from '../support/handlers.ts';

describe('The heartbeat', () => {
  it('measures what the alarms look at, zeroes as well: silence would be an alarm', async () => {
    const measure = vi.fn();
    const watched = { overdueTasks: 2, unacknowledgedPages: 0, oldestOutboxItem: 40 };
    const journeys = journeysThat({ watchClinic: async () => watched });
    await expect(call(step, { journeys, measure }, {})).resolves.toEqual(watched);
    expect(measure.mock.calls).toEqual([[{ OverdueTasks: 2, UnacknowledgedPages: 0, OldestOutboxItem: 40 }]]);
  });
});
