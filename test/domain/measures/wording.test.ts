import { describe, expect, test } from 'vitest';
import { type Measure, parseMeasure } from '../../../functions/domain/measures/measure.ts';
import { wordedIn } from '../../../functions/domain/measures/wording.ts';
import { bundledData } from '../../../functions/stores/bundled-library.ts';

const instrument = (id: string): Measure => {
  const found = bundledData().measures.find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const phq9 = instrument('phq9');
const spanish = phq9.wordings?.es;

describe('An instrument', () => {
  test('is asked in Spanish with the same items and answers in the same order, and is scored as ever', () => {
    const told = wordedIn(phq9, 'es');
    expect(told?.items.map(({ id, text }) => [id, text]).at(8)).toEqual([
      'item-9',
      'Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera',
    ]);
    expect(told?.answers.options?.map(({ value, text }) => [value, text])).toEqual([
      [0, 'Ningún día'],
      [1, 'Varios días'],
      [2, 'Más de la mitad de los días'],
      [3, 'Casi todos los días'],
    ]);
    expect(told?.items.at(9)?.options?.map(({ value }) => value)).toEqual([0, 1, 2, 3]);
    expect(told?.licence.notice).toContain('No se requiere permiso');
    expect(told?.items.map(({ id, safety, scored }) => [id, safety, scored])).toEqual(
      phq9.items.map(({ id, safety, scored }) => [id, safety, scored]),
    );
  });

  test.each(['phq9', 'gad7'])('%s leaves nothing of it in English', (id) => {
    const told = wordedIn(instrument(id), 'es');
    const words = (measure: Measure | undefined) => [
      measure?.stem,
      measure?.licence.notice,
      ...(measure?.items ?? []).flatMap(({ text, options = [] }) => [text, ...options.map((each) => each.text)]),
      ...(measure?.answers.options ?? []).map(({ text }) => text),
    ];
    const english = words(wordedIn(instrument(id), 'en'));
    expect(words(told)).toHaveLength(english.length);
    for (const each of words(told)) {
      expect(each).toBeTruthy();
      expect(english).not.toContain(each);
    }
  });

  test('is not asked in a language in which its holders have no wording, nor where it has none at all', () => {
    expect(wordedIn(instrument('pcl5'), 'en')).toBeDefined();
    expect(wordedIn(instrument('pcl5'), 'es')).toBeUndefined();
    expect(wordedIn(instrument('who5'), 'en')).toBeUndefined();
  });

  test.each<[string, object]>([
    ['leaves out an item', { items: { ...spanish?.items, 'item-9': undefined } }],
    ['has an item that the instrument has not', { items: { ...spanish?.items, appetites: { text: 'x' } } }],
    ['leaves out an answer', { options: spanish?.options.slice(1) }],
    ['leaves out the answers of one item', { items: { ...spanish?.items, difficulty: { text: 'x' } } }],
    [
      'has answers for an item that has none of its own',
      { items: { ...spanish?.items, down: { text: 'x', options: ['y'] } } },
    ],
  ])('is refused with a wording that %s', (_, wrong) => {
    const es = JSON.parse(JSON.stringify({ ...spanish, ...wrong }));
    expect(() => parseMeasure({ ...phq9, wordings: { es } })).toThrow(/measure\.wordings\.es/);
  });
});
