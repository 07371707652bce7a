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
        reliable: true,
        meaningful: true,
        deterioration: false,
      },
    ],
    [16, 9, { points: 7, response: false, remission: false, reliable: true }],
    [9, 4, { points: 5, response: true, remission: true, reliable: false, meaningful: true }],
    [10, 5, { response: true, remission: false }],
    [10, 16, { points: -6, response: false, deterioration: true }],
    [10, 15, { points: -5, deterioration: false }],
    [0, 0, { share: null, response: false, remission: true }],
  ])('PHQ-9 from %d to %d', (baseline, total, change) => {
    expect(changeSince(phq9, baseline, total)).toMatchObject(change);
  });

  test('well-being rises for the better', () => {
    expect(changeSince(read('who5'), 40, 52)).toMatchObject({
      points: 12,
      meaningful: true,
      deterioration: false,
      response: null,
      remission: null,
    });
    expect(changeSince(read('who5'), 52, 40)).toMatchObject({ points: -12, deterioration: true });
  });

  test.each([
    ['phq9', 9, false],
    ['phq9', 10, true],
    ['pcl5', 30, false],
    ['pcl5', 31, true],
    ['who5', 48, true],
    ['who5', 52, false],
    ['audit-c', 5, null],
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

describe('an instrument that cannot be read', () => {
  test.each([
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
