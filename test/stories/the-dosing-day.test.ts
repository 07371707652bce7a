import { describe, expect, test } from 'vitest';
import type { TaskKind } from '../../functions/domain/names.ts';
import { hoursBetween, tell } from '../support/story.ts';

const recorded = async (over: object, program = 'northwest-iv', more: object[] = []) => {
  const plain = await tell({ program });
  const { at } = plain.all('dose', { event: 'started' })[0] ?? { at: '' };
  const reading = { at: new Date(Date.parse(at) + 10 * 60_000).toISOString(), ...over };
  return tell({ program, people: [...more, { task: 'record-dose', occurrence: 1, data: { readings: [reading] } }] });
};

describe('What is read during a session', () => {
  test('a reading that was due and is missing is the nurse’s task', async () => {
    const story = await recorded({ sbp: 120, dbp: 80, spo2: 98, moaas: 5 });
    const [missing] = story.all('task', { task: 'complete-readings', event: 'opened' });
    const ended = story.all('dose', { event: 'ended' })[0];
    expect(missing).toMatchObject({ role: 'nurse', at: ended?.at });
    expect(story.all('safety')).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test.each(['northwest-iv', 'three-phase', 'two-then-extend', 'therapist-led', 'moderate-high'])(
    'nobody is asked where everything was read in time (%s)',
    async (program) => {
      const story = await tell({ program });
      expect(story.all('task', { task: 'complete-readings' })).toEqual([]);
    },
  );

  test('a patient who does not respond is an adverse event: paged, held, reported', async () => {
    const story = await recorded({ sbp: 120, dbp: 80, spo2: 98, moaas: 2 });
    expect(story.all('safety', { event: 'opened' })[0]).toMatchObject({ type: 'adverse-event', severity: 3 });
    expect(story.all('safety', { event: 'paged' }).length).toBeGreaterThan(0);
    const report = story.all('task', { task: 'regulatory-report', event: 'opened' })[0];
    expect(report?.role).toBe('medical-director');
    expect(hoursBetween(report ?? '', report?.dueAt ?? '')).toBeLessThanOrEqual(24);
    expect(story.outcome).toBe('completed');
  });

  test('a severe pressure holds the next dose until the provider has a plan', async () => {
    const story = await recorded({ sbp: 181, dbp: 100, spo2: 98, moaas: 5 });
    const [placed, lifted] = story.all('hold', { reason: 'sign-pressure' });
    expect([placed?.event, lifted?.event]).toEqual(['placed', 'lifted']);
    const review = story.all('task', { task: 'response-review', event: 'decided' })[0];
    expect(lifted?.at).toBe(review?.at);
    const second = story.all('appointment', { appointment: 'dosing', event: 'booked', cycle: 2 })[0];
    expect(hoursBetween(lifted ?? '', second ?? '')).toBeGreaterThanOrEqual(0);
  });

  test('what is no reading is refused, nothing of the answer is written, and the next rung records the dose', async () => {
    const story = await tell({
      people: [
        { task: 'record-dose', occurrence: 1, role: 'nurse', data: { readings: [{ at: 'noon', sbp: 'high' }] } },
      ],
    });
    const decided = story.all('task', { task: 'record-dose', event: 'decided' })[0];
    expect(decided?.by).not.toBe('nurse-1');
    expect(story.all('dose', { event: 'ended', cycle: 1 })[0]?.at).toBe(decided?.at);
  });
});

describe('What is said after a dose', () => {
  test('new urinary symptoms hold the next dose until the provider has looked', async () => {
    const story = await tell({
      people: [{ task: 'next-day-check-in', occurrence: 1, answer: 'well', data: { signs: ['urinary-pain'] } }],
    });
    expect(story.all('hold', { reason: 'sign-urinary' }).map(({ event }) => event)).toEqual(['placed', 'lifted']);
    expect(story.outcome).toBe('completed');
  });

  test('signs that are told twice after one dose are reviewed twice, and hold until the last review', async () => {
    const story = await tell({
      people: [
        { task: 'discharge', occurrence: 1, data: { signs: ['severe-pressure'] } },
        { task: 'next-day-check-in', occurrence: 1, answer: 'well', data: { signs: ['urinary-pain'] } },
      ],
    });
    const reviews = story.all('task', { task: 'response-review', event: 'decided' });
    const lifted = (reason: string) => story.one('hold', { event: 'lifted', reason }).at;
    expect([lifted('sign-pressure'), lifted('sign-urinary')]).toEqual(reviews.map(({ at }) => at));
    expect(story.outcome).toBe('completed');
  });

  test('a hold stays while another review of signs is open', async () => {
    const story = await tell({
      people: [
        { task: 'discharge', occurrence: 1, data: { signs: ['severe-pressure'] } },
        { task: 'response-review', occurrence: 1, after: 'P3D' },
        { task: 'next-day-check-in', occurrence: 1, answer: 'well', data: { signs: ['urinary-pain'] } },
      ],
    });
    const last = story.all('task', { task: 'response-review', event: 'decided' }).at(-1);
    expect(story.all('hold', { event: 'lifted' }).map(({ at }) => at)).toEqual([last?.at, last?.at]);
  });

  test('a sign that no rule knows is read by the provider all the same', async () => {
    const story = await tell({
      people: [{ task: 'next-day-check-in', occurrence: 1, answer: 'well', data: { signs: ['ringing-in-the-ears'] } }],
    });
    expect(story.all('hold')).toEqual([]);
    expect(story.all('task', { task: 'response-review', event: 'decided' }).length).toBe(1);
  });
});

describe('Leaving', () => {
  test('against advice and alone: the patient is called within two hours, the provider and the medical director are told', async () => {
    const story = await tell({
      people: [
        {
          task: 'discharge',
          occurrence: 1,
          answer: 'left-against-advice',
          reason: 'wanted to go',
          data: { escortPresent: false },
        },
      ],
    });
    const left = story.all('task', { task: 'discharge', event: 'decided' })[0];
    const call = story.all('task', { task: 'call-patient', event: 'opened' })[0];
    expect(call?.at).toBe(left?.at);
    expect(hoursBetween(left ?? '', call?.dueAt ?? '')).toBe(2);
    expect(story.all('task', { task: 'response-review', event: 'opened' })[0]?.at).toBe(left?.at);
    expect(story.all('task', { task: 'regulatory-report', event: 'opened' })[0]?.at).toBe(left?.at);
    expect(story.all('debt', { event: 'settled', cycle: 1 }).length).toBe(1);
  });
});

describe('The order for a dose', () => {
  const order = (amount: number) => ({ order: { drug: 'racemic', route: 'im', dose: { amount, unit: 'mg/kg' } } });
  test('an order above the ceiling stands only with a reason', async () => {
    const asked = { program: 'three-phase' };
    const refused = await tell({
      ...asked,
      people: [{ task: 'dose-order', occurrence: 1, role: 'provider', data: order(0.9) }],
    });
    const [opened, decided] = refused.all('task', { task: 'dose-order' }).filter(({ event }) => event !== 'nudged');
    expect([opened?.event, decided?.event]).toEqual(['opened', 'escalated']);
    const reasoned = await tell({
      ...asked,
      people: [{ task: 'dose-order', occurrence: 1, data: order(0.9), reason: 'no effect at 0.75' }],
    });
    expect(reasoned.all('task', { task: 'dose-order', event: 'decided' })[0]?.reason).toBe('no effect at 0.75');
    expect(reasoned.outcome).toBe('completed');
  });

  test('is asked for before days off, so that the patient does not sit there waiting for it', async () => {
    const story = await tell({
      clinic: { holidays: ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'] },
    });
    const [dose] = story.all('dose', { event: 'started' });
    const [asked, ordered] = story.all('task', { task: 'dose-order', occurrence: 1 });
    expect(dose?.local.slice(0, 10)).toBe('2026-03-16');
    expect([asked?.local.slice(0, 10), ordered?.event]).toEqual(['2026-03-06', 'decided']);
    expect(story.all('appointment', { appointment: 'dosing', event: 'cancelled' })).toEqual([]);
  });
});

describe('The estimate of cost', () => {
  test('is owed in writing within a business day where the first dose was booked three to nine ahead', async () => {
    const story = await tell({ program: 'three-phase' });
    const asked = story.one('task', { task: 'good-faith-estimate', event: 'opened' });
    const booked = story.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
    expect(asked.at).toBe(booked?.at);
    expect(asked.dueAt).toBe('2026-03-11T07:00:00.000Z');
  });
});

describe('A dosing day that fails', () => {
  test('for the fourth time ends the journey, with the checks that failed', async () => {
    const story = await tell({ people: [{ task: 'dosing-day-check', data: { substances24h: true } }] });
    expect(story.outcome).toBe('ineligible');
    expect(story.reason).toBe('DD-12 on the fourth day');
    expect(story.all('task', { task: 'dosing-day-check', event: 'decided' }).length).toBe(4);
    expect(story.all('dose')).toEqual([]);
  });
});

describe('A dosing day on which nobody answers', () => {
  const silent = (task: TaskKind) =>
    ['nurse', 'provider', 'medical-director'].map((role) => ({ task, role, occurrence: 1, never: true }));
  const unfit = { task: 'dosing-day-check', occurrence: 1, data: { sbp: 175, chaperonePresent: false } };

  test.each([
    ['dosing-day-check', 'northwest-iv', []],
    ['dosing-day-check', 'moderate-high', []],
    ['dose-order', 'northwest-iv', []],
    ['dose-order', 'moderate-high', []],
    ['gate-review', 'northwest-iv', [unfit]],
    ['gate-review', 'moderate-high', [unfit]],
  ] as const)(
    '(%s, %s) ends as the clinic closes: the pair goes without a debt, and the next is booked',
    async (task, program, people) => {
      const story = await tell({ program, people: [...people, ...silent(task)] });
      const [expired] = story.all('task', { task, event: 'expired' });
      expect(expired?.local).toContain(' 17:00 ');
      const [dose, integration] = story.all('appointment', { event: 'cancelled' });
      expect([dose?.appointment, integration?.appointment]).toEqual(['dosing', 'integration']);
      expect([dose?.at, integration?.at]).toEqual([expired?.at, expired?.at]);
      const told = story.all('message', { message: 'appointment-cancelled', to: 'patient', event: 'sent' });
      expect(told.map(({ at }) => at)).toEqual([expired?.at]);
      expect(story.all('debt', { cycle: 1 }).map(({ event }) => event)).toEqual(['owed', 'settled']);
      expect(story.outcome).toBe('completed');
    },
  );

  test('also where a pressure that was read was to be read again: four such days are somebody else’s care', async () => {
    const story = await tell({
      program: 'moderate-high',
      people: [{ task: 'dosing-day-check', after: 'PT166M', data: { sbp: 150 } }],
    });
    expect(story.all('task', { task: 'dosing-day-check', event: 'expired' })).toHaveLength(4);
    expect([story.outcome, story.reason]).toEqual(['transferred', 'too late for the day on the fourth day']);
  });
});

describe('The room’s list', () => {
  const lines = [
    'airway-clinician',
    'airway-kit',
    'pulse-oximeter',
    'blood-pressure-monitor',
    'acls',
    'oxygen',
    'suction',
    'aed',
    'blood-pressure-drugs',
    'antiemetic',
    'iv-access',
    'staffing',
    'drug-control',
    'drug-log',
  ];
  const signed = (roomItems: string[]) =>
    tell({ people: [{ task: 'dosing-day-check', occurrence: 1, data: { roomItems } }] });

  test('signed line by line lets the dose go on', async () => {
    expect((await signed(lines)).all('gate', { gate: 'dosing-day', result: 'block' })).toEqual([]);
  });

  test('with one line that nobody signed is no dose today, whatever was signed as a whole', async () => {
    const story = await signed(lines.filter((line) => line !== 'oxygen'));
    const [blocked] = story.all('gate', { gate: 'dosing-day', result: 'block' });
    expect(blocked?.checks.filter(({ result }) => result === 'block')).toMatchObject([{ id: 'DD-16' }]);
    expect(story.all('dose', { event: 'started' })).toHaveLength(6);
  });
});

describe('A high blood pressure at check-in', () => {
  const high = { task: 'dosing-day-check', occurrence: 2, data: { sbp: 150 } };
  const agreed = { task: 'gate-review', answer: 'overridden', reason: 'usual for this patient', after: 'PT5M' };

  test('is read again after a rest, and nobody is asked where it has come down', async () => {
    const story = await tell({ people: [high, { ...high, occurrence: 3, data: { sbp: 138 } }] });
    const checks = story.all('task', { task: 'dosing-day-check' });
    const [read, again] = [
      checks.find(({ occurrence, event }) => occurrence === 2 && event === 'decided'),
      checks.find(({ occurrence, event }) => occurrence === 3 && event === 'opened'),
    ];
    expect(hoursBetween(read ?? '', again ?? '') * 60).toBe(15);
    expect(story.all('task', { task: 'gate-review' })).toEqual([]);
    expect(story.all('task', { task: 'dosing-day-check', event: 'decided' })).toHaveLength(7);
    expect(story.all('dose', { event: 'started' })).toHaveLength(6);
  });

  test('is the provider’s to judge after two rests, and the dose that they agree to is not late by them', async () => {
    const story = await tell({ people: [high, agreed] });
    const review = story.one('task', { task: 'gate-review', event: 'opened' });
    const before = story
      .all('task', { task: 'dosing-day-check', event: 'decided' })
      .filter(({ at }) => at <= review.at);
    expect(before).toHaveLength(1 + 3);
    expect(story.all('dose', { event: 'started', cycle: 2 })[0]?.local.slice(0, 10)).toBe(review.local.slice(0, 10));
    expect(story.all('dose', { event: 'started' })).toHaveLength(6);
  });

  test('far above the limit is the provider’s at once', async () => {
    const story = await tell({ people: [{ ...high, data: { sbp: 181 } }, agreed] });
    const [, check] = story.all('task', { task: 'dosing-day-check', event: 'decided' });
    expect(story.one('task', { task: 'gate-review', event: 'opened' }).at).toBe(check?.at);
  });

  test('is not read again where the clinic asks for no recheck', async () => {
    const clinic = { policy: { bloodPressure: { rechecks: 0 } } };
    const story = await tell({ clinic, people: [high, agreed] });
    expect(story.all('task', { task: 'dosing-day-check', event: 'decided' })).toHaveLength(6);
    expect(story.all('task', { task: 'gate-review', event: 'decided' })).toHaveLength(1);
  });
});
