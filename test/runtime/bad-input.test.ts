import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BadInput, BadOutput, checkOutput, readInput } from '../../functions/runtime/bad-input.ts';

const Given = z.strictObject({
  facts: z.record(z.string(), z.strictObject({ level: z.int() })).optional(),
  data: z.record(z.string().max(20), z.json()).optional(),
  consents: z.partialRecord(z.enum(['sms', 'email']), z.boolean()).optional(),
  place: z.strictObject({ floors: z.array(z.int()) }).optional(),
});

const refusal = (value: unknown): BadInput => {
  try {
    readInput('some-step', Given, value);
  } catch (error) {
    if (error instanceof BadInput) return error;
  }
  throw new Error('was not refused');
};

const WRITTEN = 'Ana Souza, +1 206 555 0123';

describe('Input that its schema refuses', () => {
  it('is named by where it stands and what was expected', () => {
    const error = refusal({ place: { floors: [1, 'two'] } });
    expect(error.message).toBe('some-step: place.floors.1 (invalid_type)');
    expect(error.step).toBe('some-step');
  });

  it('is named as input where all of it is wrong', () => {
    expect(refusal(WRITTEN).message).toBe('some-step: input (invalid_type)');
  });

  it.each<[string, object, string]>([
    ['a fact', { facts: { [WRITTEN]: { level: 'high' } } }, 'facts.* (invalid_type)'],
    ['an answer’s field', { data: { [WRITTEN]: 1 } }, 'data.* (invalid_key)'],
    ['a consent', { consents: { [WRITTEN]: true } }, 'consents'],
  ])('is not named by a key that somebody wrote for %s', (_case, value, message) => {
    const error = refusal(value);
    expect(error.message).toContain(message);
    expect(`${error.message}${JSON.stringify(error)}${String(error.stack)}`).not.toMatch(/Ana|206/);
  });

  it('keeps the name of the record itself', () => {
    expect(refusal({ facts: 1, data: 2 }).message).toBe('some-step: facts (invalid_type); data (invalid_type)');
  });
});

describe('Output that its schema refuses', () => {
  it('is named no further than its records either', () => {
    const check = () => checkOutput<unknown>('some-step', Given, { facts: { [WRITTEN]: { level: 'high' } } });
    expect(check).toThrow(new BadOutput('some-step', ['facts.* (invalid_type)']));
  });
});
