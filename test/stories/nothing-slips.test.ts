import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const PROGRAMS = ['northwest-iv', 'three-phase'];
const low = { task: 'dosing-day-check', occurrence: 1, data: { spo2: 92 } };
const agreed = { task: 'gate-review', answer: 'overridden', reason: 'usual for this patient' };

describe.each(PROGRAMS)('A review on the dosing day: %s', (program) => {
  test('what is let pass two hours on lets the dose begin; whoever fetches the patient hears of the new time', async () => {
    const story = await tell({ program, people: [low, agreed] });
    const review = story.one('task', { task: 'gate-review', event: 'decided' });
    const begun = story.all('dose', { event: 'started', cycle: 1 })[0];
    expect(hoursBetween(review, begun ?? '')).toBeCloseTo(5 / 60);
    const told = story.all('message', { message: 'time-changed', to: 'chaperone', event: 'sent' });
    expect(told.map(({ at }) => at)).toEqual([begun?.at]);
    const left = story.all('appointment', { appointment: 'dosing', event: 'attended', cycle: 1 })[0];
    expect(hoursBetween(begun ?? '', left ?? '')).toBeGreaterThan(0);
    expect(left?.endsAt).toBe(left?.at);
    expect(story.all('appointment', { appointment: 'dosing', event: 'cancelled' })).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test('what is let pass when nobody could stay until the end comes too late for the day, and owes nothing', async () => {
    const afternoon = { task: 'book-pair', occurrence: 1, data: { 'dosing.startsAt': '2026-03-12T13:30:00-07:00' } };
    const story = await tell({ program, people: [afternoon, low, agreed] });
    const [first, second] = story.all('appointment', { appointment: 'dosing', event: 'booked' });
    expect(first?.startsAt).toBe('2026-03-12T20:30:00.000Z');
    expect(story.all('appointment', { appointment: 'dosing', event: 'cancelled', id: first?.id ?? '' })).toHaveLength(
      1,
    );
    const [owed] = story.all('debt', { event: 'owed' });
    expect(hoursBetween(second?.startsAt ?? '', owed ?? '')).toBeGreaterThan(0);
    expect(story.outcome).toBe('completed');
  });
});

describe('What a coordinator books', () => {
  test.each([
    [
      'in one word',
      { 'dosing.startsAt': '2026-03-11T10:00:00-07:00', 'integration.startsAt': '2026-03-12T13:00:00-07:00' },
    ],
    ['in parts', { dosing: { startsAt: '2026-03-11T17:00:00Z' }, integration: { startsAt: '2026-03-12T20:00:00Z' } }],
  ])('is the pair whose times are named %s', async (_how, data) => {
    const story = await tell({ people: [{ task: 'book-pair', occurrence: 1, answer: 'booked', data }] });
    const times = ['dosing', 'integration'] as const;
    expect(times.map((appointment) => story.all('appointment', { appointment, event: 'booked' })[0]?.startsAt)).toEqual(
      ['2026-03-11T17:00:00.000Z', '2026-03-12T20:00:00.000Z'],
    );
  });
});

describe('Two words at one moment', () => {
  test.each(PROGRAMS)('who was not yet told of a move hears that the time they know is off: %s', async (program) => {
    const moment = { after: 'booked-dose', occurrence: 1, plus: 'PT1H' };
    const about = { appointment: 'dosing', occurrence: 1 };
    const story = await tell({
      program,
      commands: [
        {
          ...moment,
          command: 'reschedule-appointment',
          by: { role: 'coordinator' },
          data: { ...about, startsAt: { shift: 'P1D' } },
        },
        { ...moment, command: 'cancel-appointment', by: { role: 'patient' }, data: about },
      ],
    });
    const said = (message: 'booking-confirmation' | 'appointment-cancelled') =>
      story.all('message', { message, event: 'sent', to: 'patient', appointmentId: 'dosing-1' })[0]?.text ?? '';
    const [time] = /\w{3}, \w{3} \d+, \d+:\d\d [AP]M/.exec(said('booking-confirmation')) ?? [];
    expect(time).toBeDefined();
    expect(said('appointment-cancelled')).toContain(time);
  });
});

describe('Nobody answers', () => {
  test('an integration that a withdrawn patient missed four times is not booked again', async () => {
    const story = await tell({
      program: 'therapist-led',
      people: [{ task: 'record-integration', answer: 'no-show' }],
      commands: [{ after: 'discharge', command: 'withdraw', by: { role: 'patient' } }],
    });
    const missed = story.all('appointment', { appointment: 'integration', event: 'no-show' });
    expect(missed).toHaveLength(4);
    const after = (at: string) => at >= (missed.at(-1)?.at ?? '');
    expect(story.all('task', { task: 'book-appointment', event: 'opened' }).filter(({ at }) => after(at))).toEqual([]);
    expect(story.outcome).toBe('withdrawn');
  });

  test('a patient who came between two calls was reached: the calls before no longer count', async () => {
    const unreached = { task: 'call-patient', answer: 'not-reached' };
    const silent = (task: string) => ({ task, occurrence: 1, never: true });
    const people = [silent('home-safe'), silent('next-day-check-in'), unreached];
    const story = await tell({ program: 'three-phase', people });
    const came = story.one('appointment', { appointment: 'integration', event: 'attended' });
    const gaveUp = story.one('debt', { event: 'waived' });
    const calls = story.all('task', { task: 'call-patient', event: 'decided' }).map(({ at }) => at);
    expect(calls.filter((at) => at < came.at)).not.toEqual([]);
    expect(calls.filter((at) => at > came.at && at <= gaveUp.at).length).toBeGreaterThanOrEqual(3);
    expect(story.outcome).toBe('unresponsive');
  });
});

describe.each(PROGRAMS)('A death: %s', (program) => {
  test('is reported to all who have to know before the journey is closed, and nobody writes to the patient', async () => {
    const death = {
      after: 'discharge',
      plus: 'PT1H',
      command: 'report-adverse-event',
      by: { role: 'provider' },
      data: { grade: 5 },
    };
    const story = await tell({ program, commands: [death] });
    const [opened] = story.all('safety', { event: 'opened' });
    const asked = story.all('task', { task: 'regulatory-report', event: 'opened' });
    expect(asked.map(({ at }) => at)).toContain(opened?.at);
    expect(story.all('task', { task: 'regulatory-report', event: 'decided' })).toHaveLength(asked.length);
    const later = story.all('message', { event: 'sent' }).filter(({ at }) => at > (opened?.at ?? ''));
    expect(later.filter(({ to }) => to === 'patient' || to === 'chaperone')).toEqual([]);
    expect(story.outcome).toBe('died');
  });
});
