import { describe, expect, test } from 'vitest';
import { linkData } from '../../../functions/contracts/api/task-data.ts';
import { byLink, PICK_UP_ANSWERS } from '../../../functions/domain/links/by-link.ts';
import { wordedIn } from '../../../functions/domain/measures/wording.ts';
import { leaks } from '../../../functions/domain/messages/leaks.ts';
import { LANGUAGES, TASK_KINDS, TASKS } from '../../../functions/domain/names.ts';
import { type Shape, shapeOf } from '../../../functions/handlers/app/forms/record-shape.ts';
import { WORDS } from '../../../functions/handlers/app/links/pages.ts';
import { bundledData } from '../../../functions/stores/bundled-library.ts';

const phq9 = bundledData().measures.find(({ id }) => id === 'phq9');

describe.each(LANGUAGES)('the pages in %s', (language) => {
  const asks = TASK_KINDS.filter((kind) => {
    const how = byLink({ kind, role: TASKS[kind].role, ask: { kind } }, { language, measure: phq9 });
    return how === 'proved' || kind === 'plan-sign-off' || (how === 'at-once' && language === 'en');
  });

  test.each(asks)('ask for every answer of %s in words', (kind) => {
    const asked = WORDS[language].tasks[kind];
    expect(Object.keys(asked?.answers ?? {})).toEqual([...TASKS[kind].options]);
  });

  test('ask a chaperone for every answer in words', () => {
    expect(Object.keys(WORDS[language].pickUp.answers)).toEqual([...PICK_UP_ANSWERS]);
  });

  test('say nothing of the treatment before somebody has proved who they are', () => {
    const { prove, standing, wrongDate, again, tooMany } = WORDS[language];
    const before = JSON.stringify([prove, standing, wrongDate, again, tooMany]);
    expect(leaks(before, 'patient')).toEqual([]);
  });
});

/** Every place of a value at which a text stands. */
const placesIn = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => placesIn(part, `${path}.${key}`))
    : [path];

/** Names that a form of a patient asks for: its fields, and their choices where they have no words of their own. */
const namesIn = ([name, shape]: readonly [string, Shape]): string[] => [
  ...(shape.title === undefined ? [name] : []),
  ...(shape.is === 'parts' ? shape.parts.flatMap(namesIn) : []),
  ...(shape.is === 'one' || shape.is === 'several'
    ? shape.choices.flatMap(({ value, words }) => (words === undefined ? [String(value)] : []))
    : []),
];

describe('what patients read in Spanish', () => {
  test('has every text that stands in English, but for the forms of staff', () => {
    const forStaff = TASK_KINDS.filter(
      (kind) =>
        byLink({ kind, role: TASKS[kind].role, ask: { kind } }, { language: 'en', measure: phq9 }) === 'at-once',
    );
    const isOfPatients = (place: string): boolean => !forStaff.some((kind) => place.startsWith(`.tasks.${kind}.`));
    const spanish = new Set(placesIn(WORDS.es));
    expect(forStaff.length).toBeGreaterThan(0);
    expect(placesIn(WORDS.en).filter((place) => isOfPatients(place) && !spanish.has(place))).toEqual([]);
  });

  test.each(['answer-screening', 'rescreen', 'answer-measure', 'next-day-check-in'] as const)(
    'has a name for every field of %s and for each of its choices',
    (kind) => {
      const shape = shapeOf(linkData(kind, phq9 && wordedIn(phq9, 'es')));
      const names = shape.parts.flatMap(namesIn);
      expect(names.filter((name) => !Object.hasOwn(WORDS.es.record, name))).toEqual([]);
    },
  );

  test('has a place for what is filled in wherever the English text has one', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();
    for (const part of ['fields', 'problems'] as const)
      for (const [key, text] of Object.entries(WORDS.en[part]))
        expect(places(Object.entries(WORDS.es[part]).find(([each]) => each === key)?.[1] ?? '')).toEqual(places(text));
  });
});

test('a questionnaire is shown where its wording is there and in its language', () => {
  const answerMeasure = { kind: 'answer-measure', role: 'patient', ask: { kind: 'answer-measure' } } as const;
  expect(byLink(answerMeasure, { language: 'en', measure: phq9 })).toBe('proved');
  expect(byLink(answerMeasure, { language: 'es', measure: phq9 })).toBe('proved');
  // No wording of its holders in Spanish is known: a person goes through it on the telephone.
  const pcl5 = bundledData().measures.find(({ id }) => id === 'pcl5');
  expect(byLink(answerMeasure, { language: 'en', measure: pcl5 })).toBe('proved');
  expect(byLink(answerMeasure, { language: 'es', measure: pcl5 })).toBeUndefined();
  const bare = bundledData().measures.find(({ id }) => id === 'who5');
  expect(byLink(answerMeasure, { language: 'en', measure: bare })).toBeUndefined();
});

test('what changes a treatment, or needs the record, is answered by nobody’s link', () => {
  const signedIn = [
    'medical-clearance',
    'safety-decision',
    'discharge',
    'dose-order',
    'gate-review',
    'next-step',
  ] as const;
  for (const kind of signedIn)
    expect(
      byLink({ kind, role: TASKS[kind].role, ask: { kind } }, { language: 'en', measure: undefined }),
    ).toBeUndefined();
});

test('the therapist’s signature under a plan is not given by a link', () => {
  expect(
    byLink(
      { kind: 'plan-sign-off', role: 'therapist', ask: { kind: 'plan-sign-off' } },
      { language: 'en', measure: undefined },
    ),
  ).toBeUndefined();
});
