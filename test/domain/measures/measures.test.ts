import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Measure, parseMeasure } from '../../../functions/domain/measures/measure.ts';
import {
  bandOf,
  changeSince,
  isPositive,
  NotAnAnswer,
  NotATotal,
  safetyFlags,
  score,
} from '../../../functions/domain/measures/score.ts';
import { figuresWithoutProvenance } from '../../../functions/domain/program/provenance.ts';
import { problems, programFile } from '../program/files.ts';

const FILES = ['phq9', 'gad7', 'pcl5', 'audit-c', 'dast10', 'who5'];
const read = (id: string): Measure => parseMeasure(programFile(`measures/${id}.json`));
const phq9 = read('phq9');
const all = (measure: Measure, value: number) => Object.fromEntries(measure.items.map(({ id }) => [id, value]));

describe.each(FILES)('%s', (id) => {
  const measure = read(id);

  test('every figure names a source of the file, or waits to be confirmed', () => {
    expect(figuresWithoutProvenance(programFile(`measures/${id}.json`))).toEqual([]);
    const tags = Object.values(measure.provenance).flatMap(({ source }) => source ?? []);
    expect(tags.filter((tag) => !(tag in measure.sources))).toEqual([]);
  });

  test('LOINC codes have a sound check digit', () => {
    const codes = [...measure.items.map(({ loinc }) => loinc), measure.loinc?.panel, measure.loinc?.total].filter(
      (code) => code !== undefined,
    );
    for (const code of codes) {
      const [digits = '', check] = code.split('-');
      const sum = [...digits].toReversed().reduce((so, digit, n) => {
        const value = Number(digit) * (n % 2 === 0 ? 2 : 1);
        return so + (value > 9 ? value - 9 : value);
      }, 0);
      expect({ code, check }).toEqual({ code, check: String((10 - (sum % 10)) % 10) });
    }
  });

  test('the highest and lowest answers add up to the highest and lowest total', () => {
    const { min, max } = measure.answers;
    const flip = (value: number) =>
      Object.fromEntries(measure.items.map((item) => [item.id, item.reversed ? max + min - value : value]));
    expect(score(measure, flip(max)).total).toBe(measure.max);
    expect(score(measure, flip(min)).total).toBe(measure.min);
  });
});

describe('bands and changes', () => {
  test.each([
    ['phq9', 0, 'minimal'],
    ['phq9', 4, 'minimal'],
    ['phq9', 5, 'mild'],
    ['phq9', 9, 'mild'],
    ['phq9', 10, 'moderate'],
    ['phq9', 14, 'moderate'],
    ['phq9', 15, 'moderately-severe'],
    ['phq9', 19, 'moderately-severe'],
    ['phq9', 20, 'severe'],
    ['phq9', 27, 'severe'],
    ['gad7', 4, 'minimal'],
    ['gad7', 5, 'mild'],
    ['gad7', 9, 'mild'],
    ['gad7', 10, 'moderate'],
    ['gad7', 14, 'moderate'],
    ['gad7', 15, 'severe'],
    ['gad7', 21, 'severe'],
    ['dast10', 0, 'none'],
    ['dast10', 1, 'low'],
    ['dast10', 2, 'low'],
    ['dast10', 3, 'moderate'],
    ['dast10', 5, 'moderate'],
    ['dast10', 6, 'substantial'],
    ['dast10', 8, 'substantial'],
    ['dast10', 9, 'severe'],
    ['who5', 28, 'very-low'],
    ['who5', 32, 'low'],
    ['who5', 48, 'low'],
    ['who5', 52, 'adequate'],
    ['pcl5', 40, null],
  ])('%s of %d is %s', (id, total, band) => {
    expect(bandOf(read(id), total)).toBe(band);
  });

  test.each([
    [
      16,
      8,
      {
        points: 8,
        share: 0.5,
        response: true,
        remission: false,
        reliableChange: true,
        meaningfulChange: true,
        deterioration: false,
      },
    ],
    [16, 9, { points: 7, response: false, remission: false, reliableChange: true }],
    [9, 4, { points: 5, response: true, remission: true, reliableChange: false, meaningfulChange: true }],
    [10, 5, { response: true, remission: false }],
    [10, 16, { points: -6, response: false, reliableChange: true, meaningfulChange: true, deterioration: true }],
    [10, 15, { points: -5, reliableChange: false, deterioration: false }],
    [10, 4, { points: 6, reliableChange: true, deterioration: false }],
    [10, 6, { points: 4, meaningfulChange: false }],
    [0, 0, { share: null, response: false, remission: true }],
  ])('PHQ-9 from %d to %d', (baseline, total, change) => {
    expect(changeSince(phq9, baseline, total)).toMatchObject(change);
  });

  test('well-being rises for the better', () => {
    expect(changeSince(read('who5'), 40, 52)).toMatchObject({
      points: 12,
      reliableChange: null,
      meaningfulChange: true,
      deterioration: false,
      response: null,
      remission: null,
    });
    expect(changeSince(read('who5'), 52, 40)).toMatchObject({ points: -12, deterioration: true });
  });

  test.each([
    ['audit-c', 'F', 2, false],
    ['audit-c', 'F', 3, true],
    ['audit-c', 'X', 3, true],
    ['audit-c', 'M', 3, false],
    ['audit-c', 'M', 4, true],
    ['phq9', 'M', 10, true],
  ] as const)('%s of a patient recorded as %s with %d: look further is %s', (id, sex, total, positive) => {
    expect(isPositive(read(id), total, sex)).toBe(positive);
  });

  test.each([
    ['phq9', 9, false],
    ['phq9', 10, true],
    ['pcl5', 30, false],
    ['pcl5', 31, true],
    ['who5', 48, true],
    ['who5', 52, false],
    ['audit-c', 2, false],
    ['dast10', 2, false],
    ['dast10', 3, true],
    ['gad7', 9, false],
    ['gad7', 10, true],
  ])('%s of %d: look further is %s', (id, total, positive) => {
    expect(isPositive(read(id), total)).toBe(positive);
  });

  test.each([-1, 28, 1.5, Number.NaN])('a PHQ-9 of %d does not exist', (total) => {
    expect(() => bandOf(phq9, total)).toThrow(NotATotal);
    expect(() => changeSince(phq9, 10, total)).toThrow(NotATotal);
  });
  test('a WHO-5 of 50 does not exist, since the raw total is whole', () => {
    expect(() => bandOf(read('who5'), 50)).toThrow(NotATotal);
  });
});

describe('scores', () => {
  test('up to two open items are made up for by the mean, three are not', () => {
    expect(score(phq9, { ...all(phq9, 2), sleep: null })).toMatchObject({
      total: 18,
      prorated: true,
      missing: ['sleep'],
    });
    expect(score(phq9, { ...all(phq9, 2), sleep: null, tired: null })).toMatchObject({ total: 18, prorated: true });
    expect(score(phq9, { ...all(phq9, 2), sleep: null, tired: null, down: null }).total).toBeNull();
  });
  test('item 9 is never made up for, and tells at once when answered with anything but never', () => {
    expect(score(phq9, { ...all(phq9, 1), 'item-9': null }).total).toBeNull();
    expect(safetyFlags(phq9, { 'item-9': 1 })).toEqual(['item-9']);
    expect(safetyFlags(phq9, { 'item-9': 0 })).toEqual([]);
    expect(score(phq9, { ...all(phq9, 0), 'item-9': 1 })).toMatchObject({ total: 1, flags: ['item-9'] });
  });
  test('the item on difficulty does not count', () => {
    expect(score(phq9, { ...all(phq9, 0), difficulty: 3 }).total).toBe(0);
  });
  test('item 3 of DAST-10 counts the other way round', () => {
    const dast = read('dast10');
    expect(score(dast, { ...all(dast, 0), 'item-3': 1 }).total).toBe(0);
    expect(score(dast, all(dast, 0)).total).toBe(1);
  });
  const totalling = (id: string, total: number) => {
    const measure = read(id);
    const { max } = measure.answers;
    let left = total;
    const answers: Record<string, number> = {};
    for (const item of measure.items.filter(({ scored }) => scored)) {
      answers[item.id] = Math.min(max, left);
      left -= answers[item.id] ?? 0;
    }
    return score(measure, answers).flags;
  };
  test.each([
    ['gad7', 7, []],
    ['gad7', 8, ['caseness']],
    ['gad7', 10, ['positive', 'caseness']],
    ['audit-c', 6, ['positive']],
    ['audit-c', 7, ['positive', 'markedly-higher-risk']],
  ])('%s of %d says %j', (id, total, flags) => {
    expect(totalling(id, total)).toEqual(flags);
  });

  const pcl5 = read('pcl5');
  const with2 = (...numbers: number[]) => ({
    ...all(pcl5, 1),
    ...Object.fromEntries(numbers.map((n) => [`item-${n}`, 2])),
  });
  test.each([
    ['one of B and C, two of D and E', [1, 6, 8, 14, 15, 20], true],
    ['none of B', [6, 8, 14, 15, 20], false],
    ['none of C', [5, 8, 14, 15, 20], false],
    ['one of D', [1, 7, 8, 15, 20], false],
    ['one of E', [1, 7, 8, 9, 15], false],
  ])('PCL-5, groups of symptoms: %s', (_case, numbers, met) => {
    expect(score(pcl5, with2(...numbers)).flags.includes('clusters-met')).toBe(met);
  });
  test.each([
    [30, []],
    [31, ['positive']],
    [32, ['positive']],
    [33, ['positive', 'conservative-cut-off']],
  ])('PCL-5 of %d says %j', (total, flags) => {
    expect(totalling('pcl5', total).filter((flag) => flag !== 'clusters-met')).toEqual(flags);
  });
  test('PCL-5 with an open item has no total and says nothing of groups', () => {
    expect(score(pcl5, { ...all(pcl5, 4), 'item-20': null })).toMatchObject({ total: null, flags: [] });
  });
  test('who never drinks has an AUDIT-C of 0, the rest unasked or not', () => {
    const audit = read('audit-c');
    expect(score(audit, { q1: 0 })).toEqual({ total: 0, prorated: false, missing: [], flags: [] });
    expect(score(audit, { q1: 0, q2: 3, q3: null }).total).toBe(0);
    expect(score(audit, { q1: 1, q2: 3, q3: null }).total).toBeNull();
  });

  test.each([-1, 4, 1.5])('an answer of %d is refused', (answer) => {
    expect(() => score(phq9, { ...all(phq9, 0), sleep: answer })).toThrow(NotAnAnswer);
  });
  test('any answers give a total that has a band', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: 9, maxLength: 9 }), (given) => {
        const scored = phq9.items.filter((item) => item.scored);
        const { total } = score(phq9, Object.fromEntries(scored.map(({ id }, n) => [id, given[n] ?? null])));
        if (total !== null) expect(bandOf(phq9, total)).not.toBeNull();
      }),
    );
  });
});

describe('wordings', () => {
  test.each(['phq9', 'gad7', 'pcl5'])('%s carries its wording, item by item and answer by answer', (id) => {
    const measure = read(id);
    expect(measure.licence.embed).toBe(true);
    expect(measure.items.filter(({ text }) => text === undefined)).toEqual([]);
    expect(measure.answers.options?.length).toBe(measure.answers.max + 1);
    expect(measure.answers.options?.filter(({ text }) => text === undefined)).toEqual([]);
  });
  test.each(['audit-c', 'dast10', 'who5'])('%s carries none, until a clinic writes down who allowed it', (id) => {
    const file = programFile(`measures/${id}.json`);
    const measure = read(id);
    expect(measure.items.some(({ text }) => text !== undefined)).toBe(false);
    const items = measure.items.map((item) => ({ ...item, text: 'as licensed' }));
    const granted = { by: 'the holder of the rights', on: '2026-11-02' };
    expect(problems(() => parseMeasure({ ...file, items }))).toEqual([
      'measure.items: has wording without permission; none, or licence.granted with who gave it and when',
    ]);
    expect(parseMeasure({ ...file, items, licence: { ...measure.licence, granted } }).items[0]?.text).toBe(
      'as licensed',
    );
    expect(
      problems(() =>
        parseMeasure({
          ...file,
          items: items.slice(0, 1).concat(measure.items.slice(1) as typeof items),
          licence: { ...measure.licence, granted },
        }),
      ),
    ).toEqual(['measure.items: has wording for some items; for all or for none']);
  });
});

describe('an instrument that cannot be read', () => {
  test.each([
    [
      'a group of symptoms with an unknown item',
      { clusters: { from: 2, need: [{ id: 'B', items: ['item-21'], atLeast: 1 }] } },
      expect.stringMatching(/^measure\.clusters\.need\[0\]\.items: unknown item "item-21"; one of interest, /),
    ],
    [
      'an ending at an unknown item',
      { zeroAt: 'q1' },
      expect.stringMatching(/^measure\.zeroAt: unknown item "q1"; one of interest, /),
    ],
    [
      'answers of other values than those that count',
      { answers: { min: 0, max: 3, options: [{ value: 1 }, { value: 2 }] }, wordings: undefined },
      'measure.answers.options: are 1,2; 0,1,2,3, in this order',
    ],
    [
      'a gap between bands',
      {
        bands: [
          { id: 'a', from: 0, to: 4 },
          { id: 'b', from: 6, to: 27 },
        ],
      },
      'measure.bands[1].from: begins at 6; 5, so that no total is left out or named twice',
    ],
    [
      'bands that stop short',
      { bands: [{ id: 'a', from: 0, to: 26 }] },
      'measure.bands[0].to: ends at 26; 27, the highest total',
    ],
    [
      'a highest total that the items do not reach',
      { max: 24, bands: [] },
      'measure.max: is 24, but the items come to 27; the same',
    ],
    ['an unknown id', { id: 'iq' }, expect.stringMatching(/^measure\.id: unknown id "iq"; one of phq9, /)],
  ])('%s is refused', (_, change, problem) => {
    expect(problems(() => parseMeasure({ ...programFile('measures/phq9.json'), ...change }))).toEqual([problem]);
  });
});
