import { describe, expect, test } from 'vitest';
import { byLink, PICK_UP_ANSWERS } from '../../../functions/domain/links/by-link.ts';
import { leaks } from '../../../functions/domain/messages/leaks.ts';
import { LANGUAGES, TASK_KINDS, TASKS } from '../../../functions/domain/names.ts';
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

test('a questionnaire is shown where its wording is there and in its language', () => {
  const answerMeasure = { kind: 'answer-measure', role: 'patient', ask: { kind: 'answer-measure' } } as const;
  expect(byLink(answerMeasure, { language: 'en', measure: phq9 })).toBe('proved');
  expect(byLink(answerMeasure, { language: 'es', measure: phq9 })).toBeUndefined();
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
