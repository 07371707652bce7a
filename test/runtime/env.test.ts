import { afterEach, describe, expect, it, vi } from 'vitest';
import { env, SettingMissing } from '../../functions/runtime/env.ts';

afterEach(() => vi.unstubAllEnvs());

describe('A setting of the deployment', () => {
  it('is what the environment says', () => {
    vi.stubEnv('TABLE', 'throughline-prod');
    expect(env('TABLE')).toBe('throughline-prod');
  });

  it.each([
    ['is not there', undefined],
    ['is empty', ''],
  ])('that %s is named in the error', (_case, value) => {
    vi.stubEnv('TABLE', value);
    expect(() => env('TABLE')).toThrow(SettingMissing);
    expect(() => env('TABLE')).toThrow('The environment has no TABLE');
  });

  it('is read each time, so that nothing is read before it is asked for', () => {
    vi.stubEnv('TABLE', 'first');
    expect(env('TABLE')).toBe('first');
    vi.stubEnv('TABLE', 'second');
    expect(env('TABLE')).toBe('second');
  });
});
