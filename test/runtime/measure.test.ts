import { afterEach, describe, expect, it, vi } from 'vitest';
import { SettingMissing } from '../../functions/runtime/env.ts';
import { measure } from '../../functions/runtime/measure.ts';

describe('A measure', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('is one line of the log that CloudWatch reads as metrics of the stage, with numbers and nothing else', () => {
    vi.stubEnv('STAGE', 'test');
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    measure({ OverdueTasks: 3, OldestOutboxItem: 12 });
    const lines = written.mock.calls.map(([line]) => String(line));
    expect(lines).toEqual([expect.stringMatching(/^[^\n]*\n$/)]);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Throughline',
            Dimensions: [['Stage']],
            Metrics: [
              { Name: 'OverdueTasks', Unit: 'Count' },
              { Name: 'OldestOutboxItem', Unit: 'Seconds' },
            ],
          },
        ],
      },
      Stage: 'test',
      OverdueTasks: 3,
      OldestOutboxItem: 12,
    });
  });

  it('of no stage is refused: nobody would look at it', () => {
    expect(() => measure({ FailedSends: 1 })).toThrow(SettingMissing);
  });
});
