import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf, play } from './played.ts';
import { scenariosFor } from './scenarios.ts';
import { type Standing, stand, takeDown } from './standing.ts';

describe('The stack, deployed with IAM enforced for the functions', () => {
  let standing: Standing | undefined;

  beforeAll(async () => {
    standing = await stand({ iam: true });
  });
  afterAll(() => takeDown(standing));

  it('carries a journey to its outcome, and no function was refused what it asked for', async () => {
    if (standing === undefined) throw new Error('the stack is not deployed');
    const { clinic, deployment, emulator } = standing;
    const journey = await play(clinic, scenariosFor(deployment).throughout);
    expect(emulator.logged('refused: ')).toEqual([]);
    expect(outcomeOf(journey)).toBe('completed');
    expect(await journey.differences()).toEqual([]);
  });
});
