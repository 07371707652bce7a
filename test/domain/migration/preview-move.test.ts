import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../functions/domain/gates/scene.ts';
import type { Appointment } from '../../../functions/domain/journey/appointment.ts';
import type { Journey } from '../../../functions/domain/journey/journey.ts';
import type { Message } from '../../../functions/domain/journey/message.ts';
import type { Move } from '../../../functions/domain/migration/move.ts';
import { previewMove } from '../../../functions/domain/migration/preview-move.ts';
import { seriesUnder } from '../../../functions/domain/migration/series-under.ts';
import type { Program } from '../../../functions/domain/program/program.ts';
import { appointment, clearance, cycle, journey, PROGRAM, past, program, scene } from '../gates/scenes.ts';

const NOW = '2026-03-30T16:00:00.000Z';
const DOSE_AT = '2026-04-01T16:00:00.000Z';
const INTEGRATION_AT = '2026-04-02T18:00:00.000Z';

const booked = (over: Partial<Appointment> = {}): Appointment[] => [
  appointment('dosing', DOSE_AT, { pairedWith: 'integration-3', practitioners: ['nurse-1', 'provider-1'], ...over }),
  appointment('integration', INTEGRATION_AT, { pairedWith: 'dosing-3', practitioners: ['therapist-11'] }),
];

const done = (number: number, startedAt: string) => ({ ...past(number, startedAt), dischargedAt: startedAt });
const CYCLES = [
  done(1, '2026-03-24T16:15:00.000Z'),
  done(2, '2026-03-27T16:15:00.000Z'),
  cycle({ checkedInAt: null, check: null }),
];

const reminder = (rule: string, sendAt: string, over: Partial<Message> = {}): Message => ({
  journeyId: 'j1',
  id: `${rule}-1`,
  kind: 'day-before',
  variant: null,
  class: 'reminder',
  to: 'patient',
  person: 'patient',
  channel: 'sms',
  occurrence: 1,
  revision: 1,
  attempt: 1,
  state: 'planned',
  reason: null,
  appointmentId: 'dosing-3',
  appointmentRevision: 1,
  taskId: null,
  rule,
  sendAt,
  usefulUntil: null,
  startsAtTold: null,
  oldStartsAt: null,
  text: null,
  providerMessageId: null,
  claimedAt: null,
  sentAt: null,
  schedule: rule,
  ...over,
});

/** The third dose is booked for the day after tomorrow, and version 2 differs in what is given. */
const moving = (
  over: Partial<Program>,
  about: {
    journey?: Partial<Journey>;
    scene?: Partial<Scene>;
    appointments?: Appointment[];
    messages?: Message[];
  } = {},
): Move => {
  const to = program({ ...over, version: over.version ?? 2 });
  const now = journey(about.journey ?? {});
  const before = scene({ now: NOW, journey: now, cycle: CYCLES[2], cycles: CYCLES, ...about.scene });
  return {
    from: PROGRAM,
    to,
    before,
    after: { ...before, program: to },
    appointments: about.appointments ?? booked(),
    messages: about.messages ?? [],
    tasks: [],
  };
};
const previewing = (...given: Parameters<typeof moving>) => previewMove(moving(...given));

const { dosing, integration, plan, gates, reminders } = PROGRAM;

describe('A journey may not go over to another version', () => {
  const cases: [string, Partial<Program>, Parameters<typeof moving>[1], string][] = [
    ['that it has already', { version: 1 }, {}, 'on version 1 already'],
    [
      'once it has ended',
      {},
      { journey: { outcome: { kind: 'completed', reason: '', at: NOW } } },
      'the journey has ended',
    ],
    [
      'while it is ending',
      {},
      { journey: { ending: { kind: 'withdrawn', reason: '', at: NOW } } },
      'the journey is ending (withdrawn)',
    ],
    ['once its series is over', {}, { journey: { phase: 'completion' } }, 'the series is over'],
    [
      'while a patient is checked in for a dose',
      {},
      { scene: { cycles: [cycle({ checkedInAt: NOW })] } },
      'dose 3 is under way',
    ],
    [
      'between a dose and the discharge',
      {},
      { scene: { cycles: [cycle({ checkedInAt: NOW, startedAt: NOW, endedAt: NOW })] } },
      'dose 3 is under way',
    ],
    [
      'that needs a consent which was not given',
      { consents: ['treatment', 'privacy', 'ride', 'telehealth'] },
      { journey: { consents: { treatment: true, privacy: true, ride: true } } },
      'consent that the patient has not given: telehealth',
    ],
    [
      'that asks other people to sign, while the intake is under way',
      { plan: { ...plan, signOffs: ['therapist', 'patient'] } },
      { journey: { phase: 'clearance' } },
      'the intake that is under way',
    ],
    [
      'that has no such phase',
      { phases: PROGRAM.phases.filter((phase) => phase !== 'plan') },
      { journey: { phase: 'plan' } },
      'it has no phase "plan"',
    ],
    [
      'that does not know the route that the prescriber chose',
      {},
      { journey: { route: 'lozenge' } },
      'route that the prescriber chose (lozenge)',
    ],
    [
      'that asks for more preparation than was held',
      { preparation: { ...PROGRAM.preparation, sessions: 2, atMost: 3 } },
      {},
      'it asks for 2 preparation sessions, and 1 were held',
    ],
    [
      'whose series is shorter than what was begun',
      { series: { ...PROGRAM.series, stages: [{ doses: 1 }], evaluateAfter: [] } },
      {},
      'ends after 1 doses, and 2 were begun',
    ],
  ];
  it.each(cases)('%s', (_why, over, about, said) => {
    expect(previewing(over, about).refused).toEqual([expect.stringContaining(said)]);
  });

  it('and nothing else is told of it then', () => {
    const { appointments, messages, gates: asked } = previewing({ version: 1 });
    expect([appointments, messages, asked]).toEqual([[], [], []]);
  });
});

describe('A version that says the same of what lies ahead', () => {
  it('changes nothing for the journey', () => {
    const preview = previewing({ title: 'Another title' });
    expect(preview).toEqual({
      refused: [],
      doses: null,
      appointments: [
        { id: 'dosing-3', kind: 'dosing', startsAt: DOSE_AT, becomes: 'stays', because: [] },
        { id: 'integration-3', kind: 'integration', startsAt: INTEGRATION_AT, becomes: 'stays', because: [] },
      ],
      messages: [],
      gates: [],
      asked: { clearances: [], signatures: [], cost: false, orders: [], takenBack: [] },
    });
  });
});

describe('A booked dose with its integration', () => {
  const cases: [string, Partial<Program>, string, string][] = [
    ['a longer observation', { dosing: { ...dosing, observation: 'PT2H' } }, 'dosing-3', '225 minutes in all, not 165'],
    [
      'a therapist in the room',
      { dosing: { ...dosing, roles: ['nurse', 'provider', 'therapist'], therapistPresent: 'one' } },
      'dosing-3',
      'others are in the room: nurse, provider, therapist',
    ],
    ['two therapists', { dosing: { ...dosing, therapistPresent: 'two' } }, 'dosing-3', 'two therapists'],
    [
      'a device that the room has not',
      { dosing: { ...dosing, kit: [...dosing.kit, 'ecg'] } },
      'dosing-3',
      'its room has no ecg',
    ],
    [
      'doses further apart',
      { series: { ...PROGRAM.series, spacing: { min: 'P6D', max: 'P9D', perWeek: 1 } } },
      'dosing-3',
      'too soon',
    ],
    ['a longer session', { integration: { ...integration, duration: 'PT90M' } }, 'integration-3', 'PT90M, not PT60M'],
    [
      'a window that has closed by then',
      { integration: { ...integration, window: { opens: 'PT1H', closes: 'PT24H' } } },
      'integration-3',
      'outside the window of PT1H to PT24H',
    ],
  ];
  it.each(cases)('is planned anew as a pair for %s', (_what, over, id, because) => {
    const { appointments, refused } = previewing(over);
    expect(refused).toEqual([]);
    expect(appointments.map(({ becomes }) => becomes)).toEqual(['planned-anew', 'planned-anew']);
    expect(appointments.find((each) => each.id === id)?.because).toEqual([expect.stringContaining(because)]);
  });

  it('stays when only what is read at the end of the day differs', () => {
    const { appointments } = previewing({ dischargeLimits: { ...PROGRAM.dischargeLimits, spo2AtLeast: 96 } });
    expect(appointments.map(({ becomes }) => becomes)).toEqual(['stays', 'stays']);
  });

  it('that a given dose owes keeps the window that it was promised, and takes the new length', () => {
    const given = { ...CYCLES[2], checkedInAt: NOW, startedAt: NOW, endedAt: NOW, dischargedAt: NOW };
    const about = { appointments: booked({ state: 'attended' }), scene: { cycles: [cycle(given)] } };
    const window = { opens: 'PT1H', closes: 'PT3H' };
    expect(previewing({ integration: { ...integration, window } }, about).appointments).toEqual([
      expect.objectContaining({ id: 'integration-3', becomes: 'stays' }),
    ]);
    expect(previewing({ integration: { ...integration, duration: 'PT90M' } }, about).appointments).toEqual([
      expect.objectContaining({ id: 'integration-3', becomes: 'planned-anew' }),
    ]);
  });
});

describe('Notices of an appointment that stays', () => {
  const [dayBefore] = reminders.filter(({ id }) => id === 'session-day-before');
  const others = reminders.filter(({ id }) => id !== 'session-day-before');
  const planned = [reminder('session-day-before', '2026-03-31T23:30:00.000Z')];
  if (dayBefore === undefined) throw new Error('the program has this reminder');

  it('are gone with their rule', () => {
    expect(previewing({ reminders: others }, { messages: planned }).messages).toEqual([
      expect.objectContaining({ rule: 'session-day-before', becomes: 'gone', wasAt: '2026-03-31T23:30:00.000Z' }),
    ]);
  });

  it('are sent at the new time', () => {
    const changed = [...others, { ...dayBefore, at: '12:00' }];
    expect(previewing({ reminders: changed }, { messages: planned }).messages).toEqual([
      expect.objectContaining({ rule: 'session-day-before', becomes: 'changed', at: '2026-03-31T19:00:00.000Z' }),
    ]);
  });

  it('come besides, where their time has not passed', () => {
    const added = [
      ...reminders,
      { ...dayBefore, id: 'once-more', offset: '-PT2H', at: undefined, usefulUntil: '-PT1H' },
    ];
    expect(previewing({ reminders: added }, { messages: planned }).messages).toEqual([
      expect.objectContaining({ rule: 'once-more', becomes: 'added', appointment: 'dosing-3', wasAt: null }),
    ]);
    const late = [...reminders, { ...dayBefore, id: 'once-more', offset: '-P4D', usefulUntil: '-P3D' }];
    expect(previewing({ reminders: late }, { messages: planned }).messages).toEqual([]);
  });

  it('that were sent are not sent again, however their rule changed', () => {
    const sent = [reminder('session-day-before', NOW, { state: 'sent', sentAt: NOW })];
    const changed = [...others, { ...dayBefore, at: '12:00' }];
    expect(previewing({ reminders: changed }, { messages: sent }).messages).toEqual([]);
  });

  it('that hang on no appointment stay, unless their rule is gone', () => {
    const loose = [reminder('welcome-reading', NOW, { appointmentId: null, kind: 'education' })];
    expect(previewing({ title: 'x' }, { messages: loose }).messages).toEqual([
      expect.objectContaining({ rule: 'welcome-reading', appointment: null, becomes: 'gone' }),
    ]);
  });
});

describe('The gates that lie ahead', () => {
  it('name the checks that come and go', () => {
    const dropped = gates.discharge.filter((id) => id !== 'steady');
    expect(previewing({ gates: { ...gates, discharge: dropped } }).gates).toEqual([
      { gate: 'discharge', added: [], dropped: ['steady'], wouldFail: [], wouldPass: [] },
    ]);
  });

  it('say which check would fail now', () => {
    const asked = previewing({ gates: { ...gates, booking: [...gates.booking, 'remote-allowed'] } }).gates;
    expect(asked).toEqual([{ gate: 'booking', added: ['remote-allowed'], dropped: [], wouldFail: [], wouldPass: [] }]);
    const uncleared = previewing({}, { journey: { clearances: [clearance('medical')] } }).gates;
    expect(uncleared).toEqual([]);
    const spaced = { series: { ...PROGRAM.series, spacing: { min: 'P6D', max: 'P9D', perWeek: 1 } } };
    expect(previewing(spaced).gates).toEqual([
      { gate: 'booking', added: [], dropped: [], wouldFail: ['spacing'], wouldPass: [] },
    ]);
  });

  it('are those of the phase and after it alone', () => {
    const changed = { gates: { ...gates, screening: gates.screening.slice(1) } };
    expect(previewing(changed).gates).toEqual([]);
    expect(previewing(changed, { journey: { phase: 'screening' } }).gates).toHaveLength(1);
  });
});

describe('What an enrolled patient is asked anew', () => {
  it('is the clearance that the other version asks for and nobody gave', () => {
    const { asked } = previewing({}, { journey: { clearances: [clearance('medical')] } });
    expect(asked.clearances).toEqual(['psychological']);
  });
  it('is a signature under the plan', () => {
    const signOffs = [...plan.signOffs, 'nurse' as const];
    expect(previewing({ plan: { ...plan, signOffs } }).asked.signatures).toEqual(['nurse']);
  });
  it('is the cost, where it was not acknowledged', () => {
    expect(previewing({}, { journey: { costAcknowledgedAt: null } }).asked.cost).toBe(true);
  });
  it('is an order that was signed under other limits, of a dose that is still to come', () => {
    const limits = { ...dosing, doseLimits: { unit: 'mg/kg' as const, min: 0.1, max: 0.5 } };
    expect(previewing({ dosing: limits }).asked.orders).toEqual([3]);
    expect(previewing({ dosing: { ...dosing, observation: 'PT2H' } }).asked.orders).toEqual([]);
    const unordered = { cycles: [cycle({ checkedInAt: null, check: null, orderedAt: null })] };
    expect(previewing({ dosing: limits }, { scene: unordered }).asked.orders).toEqual([]);
  });
  it('is nothing before the plan is signed: the intake asks', () => {
    const { asked } = previewing({}, { journey: { phase: 'clearance', clearances: [], planSignedBy: [] } });
    expect(asked).toEqual({ clearances: [], signatures: [], cost: false, orders: [], takenBack: [] });
  });
});

describe('The doses of a series under another version', () => {
  const stages = (...doses: (number | { min: number; max: number })[]): Program['series'] => ({
    ...PROGRAM.series,
    stages: doses.map((each) =>
      typeof each === 'number'
        ? { doses: each }
        : { doses: each, after: 'next-step' as const, counts: 'this-stage' as const },
    ),
  });
  const cases: [string, Program['series'], Program['series'], [number, number], number, object][] = [
    ['are as many, where the stages so far are the same', stages(2), stages(2, 4), [2, 0], 1, { dosesPlanned: 2 }],
    ['are what the new version plans', stages(6), stages(4), [6, 0], 2, { dosesPlanned: 4 }],
    ['are never fewer than were begun', stages(6), stages({ min: 1, max: 4 }), [6, 0], 3, { dosesPlanned: 3 }],
    [
      'stay what a clinician decided',
      stages({ min: 1, max: 6 }),
      stages({ min: 2, max: 8 }),
      [5, 0],
      2,
      { dosesPlanned: 5 },
    ],
    [
      'cannot be more than its bounds',
      stages({ min: 1, max: 6 }),
      stages(3),
      [5, 0],
      2,
      { refused: expect.stringContaining('a clinician planned 5') },
    ],
    [
      'need the stage that the series is in',
      stages(2, 4),
      stages(6),
      [6, 1],
      3,
      { refused: expect.stringContaining('no stage 2') },
    ],
  ];
  it.each(cases)('%s', (_what, from, to, [dosesPlanned, seriesStage], begun, under) => {
    expect(seriesUnder(from, to, { dosesPlanned, seriesStage }, begun)).toEqual(under);
  });
});
