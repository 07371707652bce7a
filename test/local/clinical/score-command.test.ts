import { describe, expect, test } from 'vitest';
import { scoreCommand } from '../../../local/clinical/score-command.ts';
import { around } from './around.ts';

const scoreInput = async (input: unknown, ...args: string[]) => {
  const { streams, out, err } = around(typeof input === 'string' ? input : JSON.stringify(input));
  return { status: await scoreCommand([...args, '--answers', '-'], streams), out: out(), err: err() };
};
const scoreOf = async (input: unknown, ...args: string[]) => {
  const { status, out, err } = await scoreInput(input, ...args);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return JSON.parse(out);
};

describe('scoring from the command line', () => {
  test('PHQ-9 with a baseline tells total, band, flags and how the patient has changed', async () => {
    expect(await scoreOf([1, 1, 1, 1, 1, 1, 1, 0, 1], '--measure', 'phq9', '--baseline', '16')).toEqual({
      measure: 'phq9',
      version: 1,
      total: 8,
      band: 'mild',
      flags: ['item-9'],
      prorated: false,
      missing: [],
      safety: 'ask-screener',
      baseline: 16,
      change: {
        points: 8,
        share: 0.5,
        response: true,
        remission: false,
        reliableChange: true,
        meaningfulChange: true,
        deterioration: false,
      },
    });
  });

  test('items go by their id, by their number, or in their order', async () => {
    const inOrder = await scoreOf([3, 2, 1, 0, 0, 0, 0], '--measure', 'gad7');
    const byId = await scoreOf(
      {
        nervous: 3,
        'cannot-stop-worry': 2,
        worry_too_much: 1,
        'trouble-relaxing': 0,
        restless: 0,
        irritable: 0,
        afraid: 0,
      },
      '--measure',
      'gad7',
    );
    const byNumber = await scoreOf({ 1: 3, q2: 2, 'item-3': 1, item4: 0, 5: 0, 6: 0, 7: 0 }, '--measure', 'gad7');
    expect(inOrder).toMatchObject({ total: 6, band: 'mild' });
    expect(byId).toEqual(inOrder);
    expect(byNumber).toEqual(inOrder);
  });

  test('too many open items give no total and no change, and item 9 is told all the same', async () => {
    expect(await scoreOf({ 9: 2 }, '--measure', 'phq9', '--baseline', '16')).toMatchObject({
      total: null,
      band: null,
      flags: ['item-9'],
      change: null,
      safety: 'ask-screener',
    });
  });

  test('DAST-10 takes yes and no, and its third item counts the other way round', async () => {
    const answers = [true, false, true, false, false, false, false, false, false, false];
    expect(await scoreOf(answers, '--measure', 'dast10')).toMatchObject({ total: 1, band: 'low', flags: [] });
  });

  test('the cut-off of AUDIT-C goes by sex', async () => {
    expect(await scoreOf([1, 1, 1], '--measure', 'audit-c')).toMatchObject({ total: 3, flags: ['positive'] });
    expect(await scoreOf([1, 1, 1], '--measure', 'audit-c', '--sex', 'M')).toMatchObject({ total: 3, flags: [] });
  });

  test('the screener has a level and no sum: an urgent answer counts before the rest is asked', async () => {
    expect(await scoreOf({ q1: false, q2: true, q4: true }, '--measure', 'cssrs-screener')).toEqual({
      measure: 'cssrs-screener',
      version: 1,
      total: null,
      band: 'high',
      flags: ['q2', 'q4'],
      missing: ['q3', 'q5', 'q6'],
      safety: 'crisis',
    });
    expect(await scoreOf({ q1: 1, q2: 0, q6: 0 }, '--measure', 'cssrs-since-last-contact')).toMatchObject({
      band: 'low',
      safety: 'show-help',
    });
  });

  test.each<[string, unknown, string[], RegExp]>([
    [
      'an answer beyond the scale',
      { down: 4 },
      ['--measure', 'phq9'],
      /^answers\.down: found 4; allowed: at most 3\n$/,
    ],
    ['half an answer', [0.5], ['--measure', 'phq9'], /^answers\[0\]: found 0\.5; allowed: a whole number\n$/],
    ['a text', ['1'], ['--measure', 'gad7'], /^answers\[0\]: found "1"; allowed: a number\n$/],
    ['an unknown item', { mood: 1 }, ['--measure', 'gad7'], /^answers: unknown item "mood"; one of nervous, /],
    ['an item twice', { 1: 1, nervous: 2 }, ['--measure', 'gad7'], /^answers\.nervous: answers nervous a second time/],
    [
      'an answer too many',
      [1, 1, 1, 1],
      ['--measure', 'audit-c'],
      /^answers: found a list of 4; allowed: at most 3 entries/,
    ],
    [
      'yes and no where numbers are asked',
      [true],
      ['--measure', 'gad7'],
      /^answers\[0\]: found true; allowed: a number/,
    ],
    ['a word', '"none"', ['--measure', 'gad7'], /^answers: found "none"; allowed: an object\n$/],
    ['no JSON', '{', ['--measure', 'gad7'], /^answers: found text that is not JSON/],
    [
      'an unknown instrument',
      [],
      ['--measure', 'iq'],
      /^--measure: unknown measure "iq"; one of audit-c, cssrs-screener, /,
    ],
    ['no instrument', [], [], /^--measure: missing; one of audit-c, /],
    [
      'an impossible baseline',
      [],
      ['--measure', 'phq9', '--baseline', '28'],
      /^--baseline: found 28; allowed: a total of phq9, from 0 to 27/,
    ],
    [
      'a baseline in words',
      [],
      ['--measure', 'phq9', '--baseline', 'ten'],
      /^--baseline: found "ten"; allowed: a total, such as 16/,
    ],
    [
      'a baseline without a sum',
      [],
      ['--measure', 'cssrs-screener', '--baseline', '3'],
      /^--baseline: found 3; allowed: nothing/,
    ],
    ['another sex', [], ['--measure', 'audit-c', '--sex', 'm'], /^--sex: unknown value "m"; one of F, M, X/],
  ])('%s is refused with its path, status 2 and no answer', async (_case, input, args, line) => {
    const { status, out, err } = await scoreInput(input, ...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(line);
  });
});
