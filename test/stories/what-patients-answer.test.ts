import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const finished = { cssrs_completed: true, cssrs_q1: false, cssrs_q2: false, cssrs_q6: false };
const open = { cssrs_completed: false, cssrs_q1: false, cssrs_q2: null, cssrs_q6: null };

const minutesBetween = (from: Parameters<typeof hoursBetween>[0], to: Parameters<typeof hoursBetween>[1]) =>
  Math.round(hoursBetween(from, to) * 60);

describe('A screening that was not finished', () => {
  test('is asked again, and goes on once it is finished', async () => {
    const story = await tell({
      patient: { facts: open },
      people: [{ task: 'answer-screening', occurrence: 3, data: { facts: finished } }],
    });
    expect(story.all('task', { task: 'answer-screening', event: 'decided' })).toHaveLength(3);
    expect(story.one('screening').disposition).toBe('eligible');
    expect(story.outcome).toBe('completed');
  });

  test('ends the journey after the fourth time, and nobody is asked to let it pass', async () => {
    const story = await tell({ patient: { facts: open } });
    expect(story.all('task', { task: 'answer-screening', event: 'decided' })).toHaveLength(4);
    expect(story.one('screening').reasons).toContain('SI_UNASSESSED');
    expect(story.all('task', { task: 'screening-review' })).toEqual([]);
    expect(story.outcome).toBe('ineligible');
  });

  test('is not asked again where something else ends the journey anyway', async () => {
    const story = await tell({ patient: { facts: { ...open, avm: 'yes' } } });
    expect(story.all('task', { task: 'answer-screening', event: 'decided' })).toHaveLength(1);
    expect(story.outcome).toBe('ineligible');
  });

  test('with an answer that is known to nobody goes to the provider, who may let it pass', async () => {
    const story = await tell({ patient: { facts: { thyroid: 'unknown' } } });
    expect(story.one('task', { task: 'screening-review', event: 'decided' }).role).toBe('provider');
    expect(story.outcome).toBe('completed');
  });

  test.each([
    ['a yes in another form', { ...open, phq9_item9: 1 }],
    ['a yes in the screener itself', { ...open, cssrs_q1: true }],
  ])('after %s is a clinician’s at once, and asked again all the same', async (_what, facts) => {
    const story = await tell({
      patient: { facts },
      people: [{ task: 'answer-screening', occurrence: 2, data: { facts: finished } }],
    });
    const [left] = story.all('task', { task: 'answer-screening', event: 'decided' });
    expect(story.one('safety', { event: 'opened' })).toMatchObject({ type: 'crisis', at: left?.at });
    expect(story.one('safety', { event: 'acknowledged' }).by).toBeDefined();
    expect(story.outcome).toBe('completed');
  });

  test('a refusal does not take urgent answers back', async () => {
    const story = await tell({
      people: [{ task: 'answer-screening', answer: 'refused', data: { facts: { cssrs_q4: true } } }],
    });
    const refused = story.one('task', { task: 'answer-screening', event: 'decided' });
    expect(story.one('safety', { event: 'opened' })).toMatchObject({ type: 'crisis', at: refused.at });
    expect(story.one('safety', { event: 'closed' }).at <= story.one('outcome').at).toBe(true);
    expect(story.outcome).toBe('declined');
  });

  test('what is no answer at all is refused', async () => {
    const story = await tell({
      until: 'P3M',
      people: [
        { task: 'answer-screening', data: { facts: { sbp: 'high' } } },
        { task: 'call-patient', answer: 'not-reached' },
      ],
    });
    expect(story.all('task', { task: 'answer-screening', event: 'decided' })).toEqual([]);
    expect(story.outcome).toBe('unresponsive');
  });
});

const calm = {
  interest: 1,
  down: 1,
  sleep: 1,
  tired: 1,
  appetite: 0,
  'self-worth': 1,
  concentration: 0,
  psychomotor: 0,
  'item-9': 0,
};
const answers = (over: object) => ({
  task: 'answer-measure',
  occurrence: 3,
  data: { answers: { ...calm, ...over } },
});

describe('A questionnaire answered item by item', () => {
  test('is added up by its instrument, a few open items made up for', async () => {
    const story = await tell({ people: [answers({ appetite: null })] });
    const decided = story.all('task', { task: 'answer-measure', event: 'decided', occurrence: 3 })[0];
    const [measure] = story.all('measure', { at: decided?.at ?? '' });
    expect(measure).toMatchObject({ measure: 'phq9', total: 6, band: 'mild' });
    expect(story.outcome).toBe('completed');
  });

  test('of which too little was answered is asked again, and counts once it is whole', async () => {
    const story = await tell({
      people: [answers({ interest: null, down: null, sleep: null }), { ...answers({}), occurrence: 5 }],
    });
    const taken = story.all('measure', { measure: 'phq9' });
    const [before, first] = story.all('task', { task: 'answer-measure', event: 'decided' }).slice(2);
    expect(taken.some(({ at }) => at === before?.at)).toBe(false);
    expect(first).toBeDefined();
    expect(story.outcome).toBe('completed');
  });

  test('with a yes to item 9 brings the screener in the same sitting; all no goes on', async () => {
    const story = await tell({ people: [answers({ 'item-9': 1 })] });
    const decided = story.all('task', { task: 'answer-measure', event: 'decided', occurrence: 3 })[0];
    const screener = story.one('task', { task: 'rescreen', event: 'opened' });
    expect(screener.at).toBe(decided?.at);
    expect(minutesBetween(screener, screener.dueAt ?? '')).toBe(30);
    expect(story.all('screening')).toHaveLength(2);
    expect(story.all('safety')).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test('an urgent answer to the screener is a crisis in the same moment', async () => {
    const story = await tell({
      people: [answers({ 'item-9': 2 }), { task: 'rescreen', data: { facts: { cssrs_q4: true } } }],
    });
    const answered = story.one('task', { task: 'rescreen', event: 'decided' });
    expect(story.one('safety', { event: 'opened' })).toMatchObject({ type: 'crisis', at: answered.at });
    expect(story.one('message', { message: 'crisis-information', event: 'sent' }).at).toBe(answered.at);
  });

  test('a screener that is left is a clinician’s, who is paged when the sitting is over', async () => {
    const story = await tell({
      people: [answers({ 'item-9': 1 }), { task: 'rescreen', occurrence: 1, never: true }],
    });
    const screener = story.all('task', { task: 'rescreen', event: 'opened' })[0];
    const opened = story.one('safety', { event: 'opened' });
    expect(minutesBetween(screener ?? '', opened)).toBe(30);
    expect(story.one('safety', { event: 'acknowledged' }).at > opened.at).toBe(true);
  });

  test('a screener that is refused is a clinician’s, and does not end the journey', async () => {
    const story = await tell({
      people: [answers({ 'item-9': 1 }), { task: 'rescreen', answer: 'refused' }],
    });
    const refused = story.one('task', { task: 'rescreen', event: 'decided' });
    expect(story.one('safety', { event: 'opened' }).at).toBe(refused.at);
    expect(story.outcome).toBe('completed');
  });

  test('moderate answers go to the provider before the next dose', async () => {
    const story = await tell({
      people: [
        answers({ 'item-9': 1 }),
        {
          task: 'rescreen',
          data: { facts: { cssrs_q2: true, cssrs_q3: true, cssrs_q4: false, cssrs_q5: false } },
        },
      ],
    });
    expect(story.all('screening')[1]?.reasons).toContain('SI_MODERATE');
    expect(story.one('task', { task: 'screening-review', event: 'decided' }).role).toBe('provider');
    expect(story.all('hold', { event: 'lifted' }).length).toBe(story.all('hold', { event: 'placed' }).length);
  });

  test.each([
    ['an item that there is not', { answers: { mood: 1 } }],
    ['an answer that an item cannot have', { answers: { down: 4 } }],
    ['a total that the instrument cannot have', { total: 99 }],
    ['a total that the answers do not add up to', { answers: calm, total: 27 }],
  ])('%s is refused, and the patient is called', async (_what, data) => {
    const story = await tell({ people: [{ task: 'answer-measure', occurrence: 1, data }] });
    expect(story.all('task', { task: 'answer-measure', event: 'expired' }).length).toBeGreaterThan(0);
    expect(story.outcome).toBe('completed');
  });
});

test('Questionnaires that a patient who is reached never answers are called for, then left; the treatment goes on', async () => {
  const story = await tell({ people: [{ task: 'answer-measure', never: true }] });
  expect(story.all('measure')).toEqual([]);
  // One text reminds of all that wait, and none comes twice at once.
  const asked = story.all('message', { message: 'form-request', event: 'sent' }).map(({ at }) => at);
  expect(asked.filter((at, n) => minutesBetween(asked[n - 1] ?? '2026-01-01T00:00:00Z', at) < 15)).toEqual([]);
  expect(story.all('task', { task: 'answer-measure', event: 'nudged' }).length).toBeGreaterThan(asked.length / 2);
  const open = new Set<string>();
  for (const { id, event } of story.all('task', { task: 'answer-measure' })) {
    const [, measure = ''] = /^answer-measure-([a-z0-9]+)/.exec(id) ?? [];
    if (event === 'opened') expect(open, `a second ${measure} while one is open`).not.toContain(measure);
    if (event === 'opened') open.add(measure);
    if (event === 'expired' || event === 'superseded') open.delete(measure);
  }
  expect(story.all('dose', { event: 'ended' })).toHaveLength(6);
  expect(story.outcome).toBe('completed');
});

describe('The contacts of the months after', () => {
  const notReached = (occurrence: number) => ({ task: 'follow-up-contact', occurrence, answer: 'not-reached' });

  test('a patient whom nobody spoke with in any of them is unresponsive, whatever forms they answered', async () => {
    const story = await tell({ people: [1, 2, 3].map(notReached) });
    const last = story.all('task', { task: 'follow-up-contact', event: 'decided' }).at(-1);
    expect([story.outcome, story.reason]).toEqual(['unresponsive', 'nobody reached in 3 running contacts']);
    expect(
      story.all('task', { task: 'answer-measure', event: 'opened' }).every(({ at }) => at < (last?.at ?? '')),
    ).toBe(true);
  });

  test('who is reached once in between has completed', async () => {
    const story = await tell({ people: [1, 3].map(notReached) });
    expect(story.outcome).toBe('completed');
  });
});
