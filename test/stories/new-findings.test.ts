import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const afterBooking = { after: 'booked-dose', occurrence: 2, plus: 'PT5H' };
const medicine = (name: string) => ({ ...afterBooking, command: 'new-medication', data: { class: name } });
const diagnosis = (when: object, field: string, value: unknown) => ({
  ...when,
  command: 'new-diagnosis',
  data: { field, value },
});

describe('A new medicine or diagnosis', () => {
  test('that is a note changes nothing but what clinicians see', async () => {
    const story = await tell({ commands: [medicine('lamotrigine')] });
    expect(story.all('screening')[1]).toMatchObject({ disposition: 'eligible' });
    expect(story.all('screening')[1]?.notes.length).toBeGreaterThan(0);
    expect(story.all('hold')).toEqual([]);
    expect(story.all('task', { task: 'medical-clearance', event: 'opened' })).toHaveLength(1);
  });

  test.each(['northwest-iv', 'two-then-extend'])(
    'that is a note asks for no second review of what was reviewed before (%s)',
    async (program) => {
      const facts = { glaucoma: 'treated_stable', thyroid: 'treated_euthyroid' };
      const story = await tell({ program, patient: { facts }, commands: [medicine('lamotrigine')] });
      expect(story.all('screening')[1]).toMatchObject({ disposition: 'review', reasons: ['GLAUCOMA_STABLE'] });
      expect(story.all('hold')).toEqual([]);
      expect(story.all('task', { task: 'screening-review', event: 'opened' })).toHaveLength(1);
      expect(story.outcome).toBe('completed');
    },
  );

  test('that is a note leaves a review standing that nobody has decided yet', async () => {
    const story = await tell({
      people: [{ task: 'screening-review', after: 'P3D' }],
      commands: [medicine('maoi'), { ...medicine('lamotrigine'), plus: 'PT8H' }],
    });
    expect(story.all('hold', { event: 'placed' })).toHaveLength(1);
    const [lifted] = story.all('hold', { event: 'lifted' });
    const review = story.one('task', { task: 'screening-review', event: 'decided' });
    expect(lifted && lifted.at > review.at).toBe(true);
    expect(story.outcome).toBe('completed');
  });

  test('that is more than a note voids the clearance, holds the dose, and asks for a review and a new clearance', async () => {
    const story = await tell({ commands: [medicine('maoi')] });
    const { at } = story.one('command');
    expect(story.one('hold', { event: 'placed' }).at).toBe(at);
    const review = story.one('task', { task: 'screening-review', event: 'decided' });
    const cleared = story.all('task', { task: 'medical-clearance', event: 'decided' })[1];
    expect(cleared && cleared.at > review.at).toBe(true);
    expect(story.one('hold', { event: 'lifted' }).at).toBe(cleared?.at);
    expect(story.all('appointment', { event: 'moved' })).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test('for which nobody has cleared the patient 24 hours before the dose moves the pair', async () => {
    const story = await tell({
      people: [{ task: 'medical-clearance', occurrence: 2, after: 'P9D' }],
      commands: [medicine('maoi')],
    });
    const [booked] = story.all('appointment', { appointment: 'dosing', event: 'booked', cycle: 2 });
    const [moved] = story.all('appointment', { appointment: 'dosing', event: 'moved', cycle: 2 });
    expect(booked && moved && hoursBetween(moved.at, booked.startsAt)).toBe(24);
    expect(story.all('message', { message: 'time-changed', event: 'sent', to: 'patient' }).length).toBeGreaterThan(0);
    const [second] = story.all('dose', { event: 'started', cycle: 2 });
    expect(
      second && second.at > (story.all('task', { task: 'medical-clearance', event: 'decided' })[1]?.at ?? ''),
    ).toBe(true);
    expect(story.outcome).toBe('completed');
  });

  test.each([
    ['reviewed and declined', { task: 'screening-review', answer: 'decline' }],
    ['not cleared', { task: 'medical-clearance', occurrence: 2, answer: 'declined' }],
  ])('%s ends a series that has begun', async (_how, rule) => {
    const story = await tell({ people: [rule], commands: [medicine('maoi')] });
    expect(story.outcome).toBe('stopped-medically');
  });

  test('that nobody may overturn ends it at once', async () => {
    const story = await tell({ commands: [diagnosis(afterBooking, 'avm', 'yes')] });
    expect(story.outcome).toBe('stopped-medically');
    expect(story.reason).toBe('AVM');
  });

  test.each([
    ['before the screening', { after: 'request', plus: 'PT1H' }],
    ['while clearances are asked for', { after: 'screening', plus: 'PT1H' }],
    ['after one of two clearances', { after: 'screening', plus: 'P1D' }],
    ['while the plan is signed', { after: 'clearance', plus: 'PT1H' }],
    ['before the preparation', { after: 'plan', plus: 'PT1H' }],
  ])('%s is reviewed and cleared before the first dose', async (_when, when) => {
    const story = await tell({
      people: [
        { task: 'psychological-clearance', after: 'P3D' },
        { task: 'medical-clearance', occurrence: 2, after: 'P6D' },
      ],
      commands: [diagnosis(when, 'sbp', 150)],
    });
    const review = story.one('task', { task: 'screening-review', event: 'decided' });
    const cleared = story.all('task', { task: 'medical-clearance', event: 'decided', answer: 'cleared' }).at(-1);
    const [first] = story.all('dose', { event: 'started' });
    expect(first && cleared && cleared.at > story.one('command').at && first.at > cleared.at).toBe(true);
    expect(first && first.at > review.at).toBe(true);
    expect(story.outcome).toBe('completed');
  });

  test('that is an emergency opens a crisis', async () => {
    const story = await tell({ commands: [diagnosis(afterBooking, 'acute_symptoms', ['chest_pain'])] });
    expect(story.one('safety', { event: 'opened' }).type).toBe('crisis');
    expect(story.outcome).toBe('completed');
  });

  test('that the fact sheet does not know is refused with the reason', async () => {
    const story = await tell({
      commands: [
        diagnosis(afterBooking, 'sbp', 'high'),
        diagnosis(afterBooking, 'nothing', 'yes'),
        medicine('aspirin-like'),
      ],
    });
    expect(story.all('command').map(({ accepted }) => accepted)).toEqual([false, false, false]);
    expect(story.all('screening')).toHaveLength(1);
  });
});

test.each([
  ['northwest-iv', 3],
  ['therapist-led', 2],
])(
  'A clearance is asked for again 14 days before it ends, and the patient how they are by now (%s)',
  async (program, occurrence) => {
    const story = await tell({ program, people: [{ task: 'book-pair', occurrence, after: 'P70D' }] });
    const first = story.all('task', { task: 'medical-clearance', event: 'decided' })[0];
    const again = story.all('task', { task: 'medical-clearance', event: 'opened' })[1];
    expect(first && again && Math.round(hoursBetween(first, again) / 24)).toBe(90 - 14);
    const asked = story.one('task', { task: 'rescreen', event: 'opened' });
    expect(asked.at).toBe(again?.at);
    expect(story.all('screening')).toHaveLength(2);
    expect(story.outcome).toBe('completed');
  },
);

test('What a patient says anew when the clearance is about to end is reviewed, and what was reviewed before is not', async () => {
  const say = (facts: object) =>
    tell({
      patient: { facts: { glaucoma: 'treated_stable' } },
      people: [
        { task: 'book-pair', occurrence: 3, after: 'P70D' },
        { task: 'rescreen', data: { facts } },
      ],
    });
  const [same, changed] = [await say({}), await say({ sbp: 150 })];
  expect(same.all('screening')[1]?.reasons).toEqual(['GLAUCOMA_STABLE']);
  expect([same, changed].map((story) => story.all('hold', { event: 'placed' }).length)).toEqual([0, 1]);
  expect([same, changed].map(({ outcome }) => outcome)).toEqual(['completed', 'completed']);
});

test('A clearance that is given at the moment of a finding lifts nothing before that was reviewed', async () => {
  const story = await tell({
    program: 'two-then-extend',
    people: [{ task: 'rescreen', data: { facts: { sbp: 150 } } }],
    commands: [
      { after: 'dose', occurrence: 2, plus: 'P2D', command: 'pause' },
      { after: 'dose', occurrence: 2, plus: 'P102D', command: 'resume' },
    ],
  });
  const found = story.all('screening')[1];
  const cleared = story.all('task', { task: 'medical-clearance', event: 'decided' })[1];
  expect(cleared?.at).toBe(found?.at);
  const review = story.one('task', { task: 'screening-review', event: 'decided' });
  const lifted = story.all('hold', { event: 'lifted' }).filter(({ reason }) => reason !== 'paused');
  expect(lifted.map(({ at }) => at)).toEqual([review.at]);
  expect(story.outcome).toBe('completed');
});
