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

describe.each(['two-then-extend', 'therapist-led'])('A silent morning: %s', (program) => {
  test('whoever does not check a patient in, record or discharge them is passed over within the hour', async () => {
    const onSite = ['dosing-day-check', 'record-dose', 'discharge'] as const;
    const never = onSite.map((task) => ({
      task,
      occurrence: 2,
      never: true,
    }));
    const story = await tell({ program, people: never });
    for (const task of onSite) {
      const [opened] = story.all('task', { task, event: 'opened', occurrence: 2 });
      const climbed = story.all('task', { task, event: 'escalated', occurrence: 2 });
      expect(hoursBetween(opened?.dueAt ?? '', climbed[0] ?? '')).toBeLessThanOrEqual(0.5);
      expect(climbed.map(({ toRole }) => toRole)).not.toContain(opened?.role);
    }
    expect(story.outcome).toBe('completed');
  });
});

describe('An offer to a practice', () => {
  const silent = { task: 'partner-offer', occurrence: 1, never: true };

  test.each([
    ['northwest-iv', 'P2D', 48],
    ['northwest-iv', 'PT4H', 20],
    ['moderate-high', 'P1D', 24],
  ])(
    'ends when the clinic’s agreement with it says, and the next one is asked: %s, %s',
    async (program, acceptWithin, hours) => {
      const story = await tell({
        program,
        people: [silent],
        clinic: { partners: [{ id: 'partner-1', acceptWithin }] },
      });
      const [opened, nudged, expired] = story.all('task', { task: 'partner-offer', occurrence: 1 });
      expect([opened?.event, nudged?.event, expired?.event]).toEqual(['opened', 'nudged', 'expired']);
      expect(expired?.at).toBe(opened?.dueAt);
      expect(hoursBetween(opened ?? '', nudged ?? '')).toBeCloseTo(hoursBetween(opened ?? '', expired ?? '') / 2);
      expect(hoursBetween(opened ?? '', expired ?? '')).toBe(hours);
      const said = story.all('handoff', { event: 'silent' })[0];
      const next = story.all('handoff', { event: 'offered' })[1];
      expect([said?.at, next?.at, next?.partner]).toEqual([expired?.at, expired?.at, 'partner-2']);
    },
  );
});

describe('STOP', () => {
  test.each([
    ['three-phase', { email: 'none' }, 1],
    ['northwest-iv', { consents: { email: false } }, 1],
    ['northwest-iv', {}, 0],
  ])('of a patient whom nothing else reaches makes a person call: %s, %o', async (program, patient, calls) => {
    const stop = { after: 'fit', plus: 'PT5M', command: 'stop-messages', by: { role: 'patient' } };
    const story = await tell({ program, patient, commands: [stop] });
    const { at } = story.one('command');
    expect(story.all('task', { task: 'call-patient', event: 'opened' }).filter((task) => task.at === at)).toHaveLength(
      calls,
    );
    expect(story.all('message', { message: 'stop-confirmation', event: 'sent' })).toHaveLength(1);
  });
});

describe.each(PROGRAMS)('A patient at risk: %s', (program) => {
  const no = { cssrs_q1: false, cssrs_q2: false, cssrs_q3: false, cssrs_q4: false, cssrs_q5: false, cssrs_q6: false };
  const low = { ...no, cssrs_q1: true };

  const unasked = { task: 'next-day-check-in', data: { cssrs: null } };
  const says = (more: object) => ({
    task: 'next-day-check-in',
    occurrence: 1,
    data: { cssrs: { q1: true, q2: true, ...more } },
  });

  test('who leaves out the questions about suicide on the day after is asked them apart; nobody else is', async () => {
    const story = await tell({ program, patient: { facts: low }, people: [unasked] });
    const checkIns = story.all('task', { task: 'next-day-check-in', event: 'decided' });
    expect(story.all('task', { task: 'rescreen', event: 'opened' }).map(({ at }) => at)).toEqual(
      checkIns.map(({ at }) => at),
    );
    expect(story.all('hold')).toEqual([]);
    const other = await tell({ program, people: [unasked] });
    expect(other.all('task', { task: 'rescreen' })).toEqual([]);
    const answering = await tell({ program, patient: { facts: low } });
    expect(answering.all('task', { task: 'rescreen' })).toEqual([]);
  });

  test('whose answers are urgent is a crisis at once, whose answers are moderate is a clinician’s', async () => {
    const urgent = await tell({ program, patient: { facts: low }, people: [says({ q4: true })] });
    const [checkIn] = urgent.all('task', { task: 'next-day-check-in', event: 'decided' });
    expect(urgent.one('safety', { event: 'opened', type: 'crisis' }).at).toBe(checkIn?.at);
    const moderate = await tell({ program, people: [says({ q3: true })] });
    expect(moderate.all('safety')).toEqual([]);
    const [answered] = moderate.all('task', { task: 'next-day-check-in', event: 'decided' });
    expect(moderate.all('task', { task: 'response-review', event: 'opened' })[0]?.at).toBe(answered?.at);
  });
});
