import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/events/on-execution-ended.ts';
import type { ExecutionStatus } from '../../../functions/messengers/workflows.ts';
import type { Replayed } from '../../../functions/stores/journey/main-line.ts';
import { journeyId, journeysThat } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const lines = [{ line: 'main', epoch: 2, execution: { machine: 'cycle', name: `${journeyId}-cycle-3-2` } }];

const ended = (name: string, status: string) => ({
  'detail-type': 'Step Functions Execution Status Change',
  detail: { name, status, input: null, error: 'States.Timeout', cause: null },
});

const lookedAfter = async (event: unknown, { status = 'FAILED' as ExecutionStatus, orphans = [] as string[] } = {}) => {
  const standingOf = vi.fn(async (_: string) => ({ lines, orphans }));
  const replay = vi.fn(async (): Promise<Replayed> => 'replayed');
  const journeys = journeysThat({ standingOf, replay, reportOrphans: async () => undefined });
  const answer = await call(step, { journeys, workflows: { status: async () => status } }, event);
  return { answer, replay, looked: standingOf.mock.calls };
};

describe('An execution that did not succeed', () => {
  it.each(['FAILED', 'TIMED_OUT', 'ABORTED'])(
    'and is %s has its journey replayed when it was the head',
    async (status) => {
      const { answer, replay, looked } = await lookedAfter(ended(`${journeyId}-cycle-3-2`, status));
      expect(answer).toEqual({ result: 'replayed' });
      expect(looked).toEqual([[journeyId]]);
      expect(replay.mock.calls).toEqual([[{ journeyId, line: 'main', failedEpoch: 2 }]]);
    },
  );

  it.each([`${journeyId}-book-pair-17-2`, `${journeyId}-answer-measure-phq9-week-2-1`, `${journeyId}-crisis-1-1`])(
    'finds its journey by its name, %s, and leaves it alone while the head runs',
    async (name) => {
      const { answer, replay, looked } = await lookedAfter(ended(name, 'FAILED'), { status: 'RUNNING' });
      expect(answer).toEqual({ result: 'fine' });
      expect(looked).toEqual([[journeyId]]);
      expect(replay).not.toHaveBeenCalled();
    },
  );

  it('and left an open task behind is told to a person', async () => {
    const { answer } = await lookedAfter(ended(`${journeyId}-book-pair-17-2`, 'FAILED'), {
      status: 'RUNNING',
      orphans: ['t1'],
    });
    expect(answer).toEqual({ result: 'reported' });
  });

  it.each(['SUCCEEDED', 'RUNNING', 'PENDING_REDRIVE'])('is not one that is %s', async (status) => {
    const error = await refusalOf(lookedAfter(ended(`${journeyId}-cycle-3-2`, status)));
    expect(error.message).toBe('on-execution-ended: detail.status (invalid_value)');
  });
});
