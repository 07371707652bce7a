import { beforeAll, describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

type Story = Awaited<ReturnType<typeof tell>>;

describe('a suitable patient without a therapist of their own', () => {
  let story: Story;
  beforeAll(async () => {
    story = await tell({});
  });

  test('goes through every phase in order, to completed', () => {
    expect(story.all('phase', { event: 'entered' }).map(({ phase }) => phase)).toEqual([
      'consult',
      'screening',
      'clearance',
      'plan',
      'preparation',
      'series',
      'completion',
    ]);
    expect(story.outcome).toBe('completed');
    expect(story.entries.at(-1)?.kind).toBe('outcome');
  });

  test('is asked for fit and commitment, and the gate is written down', () => {
    expect(story.one('gate', { gate: 'commitment' }).checks.map(({ id }) => id)).toEqual([
      'open-to-reflection',
      'will-attend-integration',
    ]);
  });

  test('is cleared by two people before anything is planned', () => {
    const medical = story.one('task', { task: 'medical-clearance', event: 'decided' });
    const psychological = story.one('task', { task: 'psychological-clearance', event: 'decided' });
    expect(medical.by).not.toBe(psychological.by);
    expect(story.one('phase', { phase: 'plan', event: 'entered' }).at >= psychological.at).toBe(true);
  });

  test('gets a partner therapist who prepares, integrates and may go on', () => {
    expect(story.all('handoff').map(({ event }) => event)).toEqual(['offered', 'accepted', 'continued']);
    const therapists = new Set(
      story
        .all('appointment', { appointment: 'integration', event: 'attended' })
        .flatMap(({ practitioners }) => practitioners),
    );
    expect([...therapists]).toEqual(['therapist-11']);
    expect(story.one('appointment', { appointment: 'preparation', event: 'attended' }).practitioners).toEqual([
      'therapist-11',
    ]);
  });

  test('gets six doses of 90 minutes, each with a nurse, a supervising clinician and a room', () => {
    const started = story.all('dose', { event: 'started' });
    const ended = story.all('dose', { event: 'ended' });
    expect(started).toHaveLength(6);
    expect(ended.map((end, n) => hoursBetween(started[n] ?? end, end))).toEqual(Array(6).fill(1.5));
    for (const dosing of story.all('appointment', { appointment: 'dosing', event: 'booked' })) {
      expect(dosing.practitioners).toEqual(['nurse-1', 'provider-1']);
      expect(dosing.room).toBe('room-1');
    }
  });

  test('is integrated 24 to 48 hours after the recorded end of every dose', () => {
    for (const end of story.all('dose', { event: 'ended' })) {
      const [attended] = story.all('appointment', { appointment: 'integration', event: 'attended', cycle: end.cycle });
      const hours = hoursBetween(end.at, attended?.startsAt ?? end.at);
      expect(hours).toBeGreaterThanOrEqual(24);
      expect(hours).toBeLessThanOrEqual(48);
    }
    expect(story.all('debt', { event: 'settled' })).toHaveLength(6);
  });

  test('is expected, reminded and asked whether they are home, without a word that gives the treatment away', () => {
    const kinds = new Set(story.all('message', { event: 'sent', to: 'patient' }).map(({ message }) => message));
    for (const kind of [
      'welcome',
      'booking-confirmation',
      'expectation',
      'education',
      'ride-and-rest',
      'day-before',
      'home-safe',
      'check-in',
      'form-request',
      'reminder',
    ])
      expect(kinds).toContain(kind);
    for (const text of story.texts()) expect(text).not.toMatch(/ketamine|infusion|dose|depress|PHQ|therapy/i);
  });

  test('gets no questionnaire on the day of a dose', () => {
    const days = new Set(story.all('dose', { event: 'started' }).map(({ local }) => local.slice(0, 10)));
    for (const { local } of story.all('task', { task: 'answer-measure', event: 'opened' }))
      expect(days).not.toContain(local.slice(0, 10));
  });

  test('is measured at the beginning, weekly, at the end and at each follow-up', () => {
    expect(story.all('measure', { measure: 'phq9' }).length).toBeGreaterThanOrEqual(9);
    expect(story.all('measure', { measure: 'phq9' })[0]).toMatchObject({
      occurrence: 1,
      total: 16,
      band: 'moderately-severe',
    });
  });

  test('is followed up after one, three and six months, about eight months after the request', () => {
    const series = story.one('phase', { phase: 'series', event: 'left' }).local;
    const months = story
      .all('task', { task: 'follow-up-contact', event: 'opened' })
      .map(({ local }) => Number(local.slice(5, 7)) - Number(series.slice(5, 7)));
    expect(months).toEqual([1, 3, 6]);
  });

  test('costs fewer than 500 transitions and two cents of orchestration and compute', () => {
    const { cost } = story.result;
    expect(cost.transitions).toBeLessThan(500);
    expect(cost.usd.transitions + cost.usd.lambdaInvocations + cost.usd.schedules).toBeLessThan(0.02);
  });
});

test('a patient with a therapist of their own gets the clinic’s integration after each dose all the same', async () => {
  const story = await tell({
    patient: { therapist: 'own' },
    people: [{ task: 'continuing-care', answer: 'own-therapist' }],
  });
  expect(story.outcome).toBe('completed');
  expect(story.all('debt', { event: 'settled' })).toHaveLength(6);
  expect(story.all('handoff', { event: 'continued' })).toEqual([]);
});

test('the same scenario gives the same timeline', async () => {
  const [one, other] = [await tell({ seed: 7 }), await tell({ seed: 7 })];
  expect(JSON.stringify(one.result)).toBe(JSON.stringify(other.result));
});
