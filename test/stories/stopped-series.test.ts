import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

type Story = Awaited<ReturnType<typeof tell>>;

const crisis = { after: 'dose', occurrence: 1, plus: 'PT6H', command: 'report-crisis', by: { role: 'patient' } };
const stopped = { task: 'safety-decision', occurrence: 1, answer: 'stop' };
/** Nobody gets better, so that the provider is asked and stops. */
const noResponse = {
  patient: { measures: { phq9: [16], gad7: [12] } },
  people: [{ task: 'response-review', answer: 'stop' }],
};

/** What is owed to everybody who had a dose: final questionnaires, a summary, the hand-back, and the contacts of the months after. */
const isFollowedUp = (story: Story) => {
  const dosed = story.all('dose', { event: 'ended' }).at(-1);
  expect(story.all('debt').at(-1)?.event).toBe('settled');
  expect(story.one('phase', { phase: 'completion', event: 'entered' }).at >= (dosed?.at ?? '')).toBe(true);
  expect(story.one('task', { task: 'outcome-summary', event: 'decided' }).answer).toBe('written');
  expect(story.one('task', { task: 'continuing-care', event: 'decided' }).answer).toBe('same-therapist');
  expect(story.all('task', { task: 'follow-up-contact', event: 'decided' })).toHaveLength(3);
  const last = story.all('task', { task: 'follow-up-contact', event: 'decided' }).at(-1);
  expect(story.one('outcome').at > (last?.at ?? '')).toBe(true);
};

describe('A series that the clinic stops', () => {
  test('for safety: the patient is followed up, the practice goes on with them, and the outcome says why', async () => {
    const story = await tell({ commands: [crisis], people: [stopped] });
    isFollowedUp(story);
    expect([story.outcome, story.reason]).toEqual(['stopped-medically', 'safety-decision: stop']);
    expect(story.all('dose', { event: 'started' })).toHaveLength(1);
    expect(story.one('handoff', { event: 'continued' }).partner).toBe('partner-1');
    expect(story.one('message', { message: 'goodbye', event: 'sent' }).at.slice(0, 10)).toBe(
      story.one('outcome').at.slice(0, 10),
    );
  });

  test('for safety: the hold goes with the event, and the patient hears what it held back', async () => {
    const story = await tell({
      commands: [crisis],
      people: [stopped, { task: 'answer-measure', occurrence: 3, after: 'P1DT12H' }],
    });
    const closed = story.one('safety', { event: 'closed' });
    expect(story.one('hold', { event: 'lifted', reason: 'safety-crisis-1' }).at).toBe(closed.at);
    const held = story.all('message', { message: 'form-request', event: 'skipped', reason: 'hold' });
    expect(held).toHaveLength(1);
    const said = story
      .all('message', { message: 'form-request', event: 'sent' })
      .find(({ at }) => at >= closed.at && hoursBetween(closed, at) < 1);
    expect(said).toBeDefined();
  });

  test('because it does not help', async () => {
    const story = await tell(noResponse);
    isFollowedUp(story);
    expect([story.outcome, story.reason]).toEqual(['stopped-medically', 'response-review: stop']);
    expect(story.all('dose', { event: 'started' })).toHaveLength(3);
  });

  test('because the law allows no further dose at home: none is booked for a day on which it does not', async () => {
    const story = await tell({
      program: 'two-then-extend',
      start: '2026-11-20T09:00:00-08:00',
      patient: { modality: 'remote', inPersonEvaluatedOn: null },
    });
    isFollowedUpAtHome(story);
    const days = story.all('appointment', { appointment: 'dosing', event: 'booked' }).map(({ startsAt }) => startsAt);
    expect(days.every((day) => day < '2027-01-01T08:00:00.000Z')).toBe(true);
    expect([story.outcome, story.reason]).toEqual(['stopped-medically', 'remote-allowed']);
  });

  test('who withdraws afterwards is followed up no further, and the series was stopped all the same', async () => {
    const story = await tell({
      ...noResponse,
      commands: [{ after: 'series', plus: 'P40D', command: 'withdraw', by: { role: 'patient' } }],
    });
    expect(story.all('task', { task: 'follow-up-contact', event: 'decided' })).toHaveLength(1);
    expect([story.outcome, story.reason]).toEqual(['stopped-medically', 'response-review: stop']);
  });

  test('a stop after the last dose takes no follow-up away', async () => {
    const story = await tell({
      commands: [{ ...crisis, after: 'series', occurrence: 1, plus: 'P10D' }],
      people: [{ task: 'safety-decision', answer: 'stop' }],
    });
    expect(story.all('task', { task: 'follow-up-contact', event: 'decided' })).toHaveLength(3);
    expect([story.outcome, story.reason]).toEqual(['stopped-medically', 'safety-decision: stop']);
  });

  test('a death during the follow-ups comes before it', async () => {
    const story = await tell({
      ...noResponse,
      commands: [
        {
          after: 'series',
          plus: 'P40D',
          command: 'report-adverse-event',
          by: { role: 'coordinator' },
          data: { grade: 5, description: 'died' },
        },
      ],
    });
    expect(story.outcome).toBe('died');
  });
});

/** As for everybody, but that the clinic's own therapist goes on. */
const isFollowedUpAtHome = (story: Story) => {
  expect(story.all('debt').at(-1)?.event).toBe('settled');
  expect(story.one('task', { task: 'outcome-summary', event: 'decided' }).answer).toBe('written');
  expect(story.all('task', { task: 'follow-up-contact', event: 'decided' })).toHaveLength(3);
};

describe('The evening of a dose', () => {
  test('whom nobody has discharged by then is on call’s, and is asked whether they are home', async () => {
    const story = await tell({
      people: [
        { task: 'discharge', occurrence: 1, never: true },
        { task: 'discharge', occurrence: 1, role: 'medical-director', never: true },
      ],
    });
    const [ended] = story.all('dose', { event: 'ended' });
    const climbed = story.one('task', { task: 'discharge', event: 'escalated', toRole: 'on-call' });
    expect(climbed.local.slice(0, 16)).toBe(`${ended?.local.slice(0, 10)} 20:00`);
    const [home] = story.all('task', { task: 'home-safe', event: 'opened' });
    expect(hoursBetween(climbed, home ?? '')).toBeLessThan(0.5);
  });

  test('a patient of whom nobody heard is called that night, also where whoever is on call is silent', async () => {
    const story = await tell({
      people: [
        { task: 'home-safe', occurrence: 1, never: true },
        { task: 'call-patient', occurrence: 1, never: true },
      ],
    });
    const [opened, nudged, escalated, decided] = story.all('task', { task: 'call-patient', occurrence: 1 });
    expect([opened?.role, nudged?.event, escalated?.toRole, decided?.answer]).toEqual([
      'on-call',
      'nudged',
      'provider',
      'reached',
    ]);
    expect(nudged?.at).toBe(opened?.dueAt);
    expect(hoursBetween(nudged ?? '', decided ?? '')).toBeLessThan(0.25);
    const told = story.all('message', { message: 'escalation', event: 'sent' }).map(({ at, person }) => [at, person]);
    expect(told).toContainEqual([escalated?.at, 'provider-1']);
  });

  test('the day after is over 32 hours after the dose, and then somebody calls', async () => {
    const story = await tell({ people: [{ task: 'next-day-check-in', occurrence: 1, never: true }] });
    const [ended] = story.all('dose', { event: 'ended' });
    const expired = story.one('task', { task: 'next-day-check-in', event: 'expired' });
    expect(hoursBetween(ended ?? '', expired)).toBe(32);
    expect(story.one('task', { task: 'call-patient', event: 'opened' }).at).toBe(expired.at);
  });
});
