import { describe, expect, it, vi } from 'vitest';
import { reconcileJourney, step } from '../../../functions/handlers/events/reconcile-journeys.ts';
import type { ExecutionStatus } from '../../../functions/messengers/workflows.ts';
import type { LiveLine } from '../../../functions/stores/journey/live-lines.ts';
import type { Replayed } from '../../../functions/stores/journey/main-line.ts';
import { LIVE_PHASES } from '../../../functions/stores/journey/reconcile.ts';
import { journeyId, journeysThat } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const main: LiveLine = {
  line: 'main',
  epoch: 2,
  execution: { machine: 'cycle', name: `${journeyId}-cycle-3-2` },
};
const crisis: LiveLine = {
  line: 'safety-crisis-1',
  epoch: 1,
  execution: { machine: 'safety-event', name: `${journeyId}-crisis-1-1` },
};

const world = ({
  lines = [main] as readonly LiveLine[],
  orphans = [] as string[],
  status = 'RUNNING' as ExecutionStatus,
  replayed = 'replayed' as Replayed,
}) => {
  const replay = vi.fn(async () => replayed);
  const reportOrphans = vi.fn(async () => undefined);
  const standingOf = async () => ({ lines, orphans });
  const workflows = {
    status: vi.fn(async ({ machine }: LiveLine['execution']) => (machine === 'safety-event' ? 'RUNNING' : status)),
  };
  const look = reconcileJourney({ journeys: journeysThat({ standingOf, replay, reportOrphans }), workflows });
  return { look, replay, reportOrphans, workflows };
};

describe('Looking at one journey', () => {
  it('finds it fine while its head execution runs and every open task is waited for', async () => {
    const { look, workflows } = world({});
    await expect(look(journeyId)).resolves.toBe('fine');
    expect(workflows.status.mock.calls).toEqual([[{ machine: 'cycle', name: `${journeyId}-cycle-3-2` }]]);
  });

  it('leaves one that has ended alone, whatever became of its execution', async () => {
    const { look, workflows, replay } = world({ lines: [], status: 'FAILED' });
    await expect(look(journeyId)).resolves.toBe('fine');
    expect(workflows.status).not.toHaveBeenCalled();
    expect(replay).not.toHaveBeenCalled();
  });

  it.each<ExecutionStatus>(['FAILED', 'TIMED_OUT', 'ABORTED', 'MISSING', 'SUCCEEDED'])(
    'replays one whose head execution is %s, from the epoch that it looked at',
    async (status) => {
      const { look, replay } = world({ status });
      await expect(look(journeyId)).resolves.toBe('replayed');
      expect(replay.mock.calls).toEqual([[{ journeyId, line: 'main', failedEpoch: 2 }]]);
    },
  );

  it('replays a safety event whose execution died although the journey itself goes on', async () => {
    const replay = vi.fn(async (): Promise<Replayed> => 'replayed');
    const status = async ({ machine }: LiveLine['execution']): Promise<ExecutionStatus> =>
      machine === 'safety-event' ? 'TIMED_OUT' : 'RUNNING';
    const standingOf = async () => ({ lines: [main, crisis], orphans: ['safety-decision-crisis-1-1'] });
    const look = reconcileJourney({ journeys: journeysThat({ standingOf, replay }), workflows: { status } });
    await expect(look(journeyId)).resolves.toBe('replayed');
    expect(replay.mock.calls).toEqual([[{ journeyId, line: 'safety-crisis-1', failedEpoch: 1 }]]);
  });

  it('is content when somebody else has replayed it meanwhile', async () => {
    await expect(world({ status: 'FAILED', replayed: 'fine' }).look(journeyId)).resolves.toBe('fine');
  });

  it('reports it when starting it again has not helped before and a person was asked', async () => {
    const { look } = world({ status: 'FAILED', replayed: 'reported' });
    await expect(look(journeyId)).resolves.toBe('reported');
  });

  it('tells a person of open tasks that nobody waits for', async () => {
    const { look, reportOrphans, replay } = world({ orphans: ['book-pair-c3-1'] });
    await expect(look(journeyId)).resolves.toBe('reported');
    expect(reportOrphans.mock.calls).toEqual([[journeyId]]);
    expect(replay).not.toHaveBeenCalled();
  });
});

describe('The daily reconciliation', () => {
  const failed: ExecutionStatus = 'FAILED';
  const statusOf = async ({ name }: { name: string }) => (name.startsWith('j-lost') ? failed : 'RUNNING');
  const standingOf = async (id: string) => ({
    lines: [{ ...main, execution: { machine: 'cycle', name: `${id}-cycle-3-2` } }],
    orphans: id === 'j-alone' ? ['t1'] : [],
  });
  type Pages = Readonly<Record<string, readonly string[][]>>;
  const clinic = (pages: Pages, onHold: Pages = {}) => {
    const liveJourneys = vi.fn(async ({ phase, held, cursor }: { phase: string; held: boolean; cursor?: string }) => {
      const at = Number(cursor ?? 0);
      const all = (held ? onHold : pages)[phase] ?? [[]];
      return { ids: all[at] ?? [], cursor: at + 1 < all.length ? String(at + 1) : null };
    });
    const replay = vi.fn(async (_: { journeyId: string }): Promise<Replayed> => 'replayed');
    const acts = { liveJourneys, standingOf, replay, reportOrphans: async () => undefined };
    return { acts, liveJourneys, replay };
  };

  it('looks at every page of every phase, also of those on hold, and counts what it found', async () => {
    const { acts, liveJourneys } = clinic(
      { consult: [['j1', 'j-lost-1'], ['j-alone'], ['j2']], series: [['j-lost-2']] },
      { series: [['j-held'], ['j-lost-3']] },
    );
    const ports = { journeys: journeysThat(acts), workflows: { status: statusOf } };
    await expect(call(step, ports, {})).resolves.toEqual({ looked: 7, replayed: 3, reported: 1 });
    expect(new Set(liveJourneys.mock.calls.map(([{ phase }]) => phase))).toEqual(new Set(LIVE_PHASES));
    expect(liveJourneys.mock.calls.map(([{ cursor }]) => cursor)).not.toContain('');
  });

  it('of an empty clinic does nothing', async () => {
    const { acts } = clinic({});
    const ports = { journeys: journeysThat(acts), workflows: { status: statusOf } };
    await expect(call(step, ports, {})).resolves.toEqual({ looked: 0, replayed: 0, reported: 0 });
  });

  it('fails when a journey cannot be looked at, so that the alarm sees it', async () => {
    const { acts } = clinic({ consult: [['j1']] });
    const ports = {
      journeys: journeysThat({ ...acts, standingOf: async () => Promise.reject(new Error('away')) }),
      workflows: { status: statusOf },
    };
    expect((await refusalOf(call(step, ports, {}))).message).toBe('away');
  });

  it('looks at the others all the same when one journey cannot be looked at', async () => {
    const { acts, replay } = clinic({ consult: [['j-broken', 'j-lost-1']], series: [['j-lost-2']] });
    const broken: typeof standingOf = (id) => (id === 'j-broken' ? Promise.reject(new Error('away')) : standingOf(id));
    const ports = { journeys: journeysThat({ ...acts, standingOf: broken }), workflows: { status: statusOf } };
    expect((await refusalOf(call(step, ports, {}))).message).toBe('away');
    expect(replay.mock.calls.map(([{ journeyId: id }]) => id)).toEqual(['j-lost-1', 'j-lost-2']);
  });
});
