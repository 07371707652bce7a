import { describe, expect, test } from 'vitest';
import { parseMeasure } from '../../../functions/domain/measures/measure.ts';
import { parseScreener, screenerLevel, stillToAsk, type YesOrNo } from '../../../functions/domain/measures/screener.ts';
import {
  afterAnswers,
  afterLeaving,
  afterScreener,
  isAtRisk,
} from '../../../functions/domain/measures/suicide-items.ts';
import { figuresWithoutProvenance } from '../../../functions/domain/program/provenance.ts';
import { problems, programFile } from '../program/files.ts';

const recent = parseScreener(programFile('measures/cssrs-screener.json'));
const since = parseScreener(programFile('measures/cssrs-since-last-contact.json'));
const phq9 = parseMeasure(programFile('measures/phq9.json'));

const no = { q1: false, q2: false, q6: false };
const asked = { ...no, q2: true, q3: false, q4: false, q5: false };

describe('the C-SSRS screener', () => {
  test.each<[string, YesOrNo, string[]]>([
    ['nothing yet', {}, ['q1', 'q2', 'q6']],
    ['two times no', { q1: false, q2: false }, ['q6']],
    ['active thoughts', { q1: true, q2: true }, ['q3', 'q4', 'q5', 'q6']],
    ['behaviour, without a time', { ...no, q6: true }, ['q6-recent']],
    ['all no', no, []],
  ])('asks next after %s', (_case, answers, next) => {
    expect(stillToAsk(recent, answers)).toEqual(next);
  });

  test.each<[string, YesOrNo, string, string]>([
    ['nothing yet', {}, 'incomplete', 'none'],
    ['all no', no, 'none', 'none'],
    ['the wish to be dead', { ...no, q1: true }, 'low', 'show-help'],
    ['thoughts without method', asked, 'low', 'show-help'],
    ['thoughts with method', { ...asked, q3: true }, 'moderate', 'clinician-today'],
    ['intent', { ...asked, q4: true }, 'high', 'crisis'],
    ['a plan', { ...asked, q5: true }, 'high', 'crisis'],
    ['a plan, before anything else is answered', { q5: true }, 'high', 'crisis'],
    ['behaviour long ago', { ...no, q6: true, 'q6-recent': false }, 'moderate', 'clinician-today'],
    ['behaviour within three months', { ...no, q6: true, 'q6-recent': true }, 'high', 'crisis'],
    ['behaviour, the time open', { ...no, q6: true }, 'incomplete', 'none'],
  ])('%s is %s, and calls for %s', (_case, answers, level, step) => {
    expect(screenerLevel(recent, answers)).toBe(level);
    expect(afterScreener(recent, answers)).toBe(step);
  });

  test('since the last contact any behaviour is recent', () => {
    expect(afterScreener(since, { ...no, q6: true })).toBe('crisis');
    expect(afterScreener(since, { ...asked, q3: true })).toBe('clinician-today');
    expect(stillToAsk(since, { ...no, q6: true })).toEqual([]);
  });

  test('item 9 of PHQ-9 calls for the screener as it is answered, however low the rest', () => {
    expect(afterAnswers(phq9, { 'item-9': 1 })).toBe('ask-screener');
    expect(afterAnswers(phq9, { 'item-9': 3 })).toBe('ask-screener');
    expect(afterAnswers(phq9, { 'item-9': 0, down: 3 })).toBe('none');
    expect(afterAnswers(phq9, { down: 3 })).toBe('none');
  });

  test.each<[string, YesOrNo, 'ask-screener' | 'none', string]>([
    ['before the screener that item 9 called for', {}, 'ask-screener', 'page-clinician'],
    ['in the middle of it, all no so far', { q1: false }, 'ask-screener', 'page-clinician'],
    ['after a yes', { q1: true }, 'none', 'page-clinician'],
    ['before answering anything of a form of routine', {}, 'none', 'none'],
    ['at the end', no, 'ask-screener', 'none'],
  ])('who leaves %s', (_case, answers, askedFor, then) => {
    expect(afterLeaving(recent, answers, askedFor)).toBe(then);
  });
});

test.each<[string, string[], string[], boolean]>([
  ['nobody with other reasons alone', ['BP_ELEVATED'], [], false],
  ['somebody with a low level', ['SI_LOW'], [], true],
  ['somebody whose level is moderate', ['BP_ELEVATED', 'SI_MODERATE'], [], true],
  ['somebody who said yes to item 9', [], ['item-9'], true],
])('the screener comes at every contact for %s', (_case, reasons, flags, asked) => {
  expect(isAtRisk(reasons, flags)).toBe(asked);
});

describe('the files', () => {
  test.each(['cssrs-screener', 'cssrs-since-last-contact'])(
    '%s has the origin of each figure, and no wording',
    (id) => {
      const file = programFile(`measures/${id}.json`);
      expect(figuresWithoutProvenance({ provenance: {}, ...file })).toEqual([]);
      expect(parseScreener(file).items.some(({ text }) => text !== undefined)).toBe(false);
    },
  );

  const file = programFile('measures/cssrs-since-last-contact.json');
  const items = since.items;
  test.each([
    [
      'an item too few',
      { items: items.slice(1) },
      /^screener\.items: are q2, q3, q4, q5, q6; q1, q2, q3, q4, q5, q6, in this order$/,
    ],
    [
      'codes of the past month for the time since last contact',
      { items: items.map((item) => ({ ...item, loinc: '93246-7' })) },
      /^screener\.items: have codes of another time frame; none are published$/,
    ],
    [
      'wording that nobody permitted',
      { items: items.map((item) => ({ ...item, text: 'x' })) },
      /^screener\.items: has wording without permission/,
    ],
    [
      'an item asked after one that comes later',
      { items: items.map((item) => (item.id === 'q2' ? { ...item, askIf: 'q6' } : item)) },
      /^screener\.items\[1\]\.askIf: "q6" is not asked before; an item before this one$/,
    ],
  ])('%s is refused', (_case, change, problem) => {
    expect(problems(() => parseScreener({ ...file, ...change }))[0]).toMatch(problem);
  });
});
