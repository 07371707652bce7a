import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const PROGRAMS = ['northwest-iv', 'three-phase', 'two-then-extend', 'therapist-led', 'moderate-high'];
const patient = { role: 'patient', id: 'patient' };
const coordinator = { role: 'coordinator', id: 'coordinator-1' };
const shifted = (at: string | undefined, hours: number) =>
  new Date(Date.parse(at ?? '') + hours * 3_600_000).toISOString();

describe.each(PROGRAMS)('On the dosing day of %s', (program) => {
  test('whoever would set out for the old time hears of the new one as a matter of safety, by a call if by nothing else', async () => {
    const commands = (at: string) => [
      { at, command: 'reschedule-appointment', by: patient, data: { appointment: 'dosing', occurrence: 1 } },
    ];
    const plain = await tell({ program, patient: { mobile: 'undelivered', email: 'none' } });
    const dosing = plain.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
    const story = await tell({
      program,
      patient: { mobile: 'undelivered', email: 'none' },
      commands: commands(shifted(dosing?.startsAt, -0.5)),
    });
    expect(story.one('command').accepted).toBe(true);
    const told = story.all('message', { message: 'time-changed', appointmentId: dosing?.id ?? '', event: 'sent' });
    expect(told.map(({ to, class: kind }) => [to, kind])).toEqual([
      ['patient', 'safety'],
      ['chaperone', 'safety'],
    ]);
    const call = story
      .all('task', { task: 'call-patient', event: 'opened' })
      .find(({ at }) => at >= (told[0]?.at ?? ''));
    expect(call?.dueAt).toBe(dosing?.startsAt);
  });

  test('a chaperone who drops out on the evening before leaves somebody who calls before the dose', async () => {
    const plain = await tell({ program });
    const dosing = plain.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
    const command = { command: 'change-chaperone', by: patient, data: { chaperone: 'none' } };
    const story = await tell({ program, commands: [{ at: shifted(dosing?.startsAt, -13), ...command }] });
    const called = story.all('task', { task: 'call-patient', event: 'decided' })[0];
    expect(called?.role).toBe('on-call');
    expect((called?.at ?? '9') < (dosing?.startsAt ?? '')).toBe(true);
  });
});

describe('The day after a dose', () => {
  test.each(PROGRAMS)(
    'that nobody has told of is asked for once more while it lasts, and then called for: %s',
    async (program) => {
      const story = await tell({ program, people: [{ task: 'next-day-check-in', occurrence: 1, never: true }] });
      const first = story.all('task', { task: 'next-day-check-in', occurrence: 1 });
      expect(first.map(({ event }) => event)).toEqual(['opened', 'nudged', 'expired']);
      const [opened, nudged, expired] = first;
      expect(expired?.at).toBe(opened?.dueAt);
      const time = hoursBetween(opened ?? '', opened?.dueAt ?? '');
      expect(time).toBeGreaterThan(10);
      expect(hoursBetween(opened ?? '', nudged ?? '')).toBe(time / 2);
      const call = story.all('task', { task: 'call-patient', at: expired?.at ?? '', event: 'opened' })[0];
      expect(hoursBetween(call ?? '', call?.dueAt ?? '')).toBe(24);
      const called = story.all('task', { task: 'call-patient', id: call?.id ?? '', event: 'decided' })[0];
      expect((called?.at ?? '9') < (call?.dueAt ?? '')).toBe(true);
    },
  );

  test('on a weekend is called for by whoever is on call', async () => {
    const story = await tell({
      program: 'therapist-led',
      people: [
        { task: 'book-pair', occurrence: 1, data: { 'dosing.startsAt': '2026-03-13T10:00:00-07:00' } },
        { task: 'next-day-check-in', occurrence: 1, never: true },
      ],
    });
    const expired = story.one('task', { task: 'next-day-check-in', event: 'expired' });
    expect(expired.local).toContain('2026-03-14');
    const called = story.all('task', { task: 'call-patient', event: 'decided' })[0];
    expect([called?.role, called?.local.slice(0, 10)]).toEqual(['on-call', '2026-03-14']);
  });
});

test('a form that was due is asked for once more without naming a time that has come', async () => {
  const people = [{ task: 'answer-screening', occurrence: 1, never: true }];
  const story = await tell({ patient: { mobile: 'none' }, people });
  const [asked, again] = story.all('message', { message: 'form-request', event: 'sent' });
  expect(asked?.text).toContain('by Fri, Mar 6');
  expect(again?.at).toBe(story.all('task', { task: 'answer-screening', event: 'nudged' })[0]?.at);
  expect(again?.text).not.toContain('Mar 6');
});

describe('A therapist of another practice who is named twelve hours before the session that is owed', () => {
  const named = { command: 'replace-therapist', by: coordinator, data: { therapist: 'therapist-21' } };
  const commands = [{ after: 'dose', occurrence: 1, plus: 'PT12H', ...named }];

  test('is asked until the session, in one message, and the patient hears that the place is another', async () => {
    const story = await tell({ program: 'three-phase', commands });
    const session = story.all('appointment', { appointment: 'integration', event: 'moved' })[0];
    expect(session?.practitioners).toEqual(['therapist-21']);
    const offered = story.all('task', { task: 'partner-offer', event: 'opened' })[0];
    expect(offered?.dueAt).toBe(session?.startsAt);
    story.one('message', { message: 'partner-offer', event: 'sent' });
    const told = story.one('message', { message: 'therapist-changed', event: 'sent' });
    expect(told.text).toContain('another place');
    expect(told.at < (session?.startsAt ?? '')).toBe(true);
  });

  test('who never answers leaves the patient to the coordinator as the session begins, not days later', async () => {
    const story = await tell({ program: 'three-phase', commands, people: [{ task: 'partner-offer', never: true }] });
    const session = story.all('appointment', { appointment: 'integration', event: 'moved' })[0];
    expect(story.one('handoff', { event: 'silent' }).at).toBe(session?.startsAt);
    expect(story.one('task', { task: 'place-patient', event: 'opened' }).at).toBe(session?.startsAt);
    // Told once that the offer is closed; who never took the patient has nobody to give back.
    const closed = story.all('message', { message: 'partner-withdrawn', event: 'sent', person: 'partner-2' });
    expect(closed.map(({ at }) => at)).toEqual([session?.startsAt]);
    expect(story.all('handoff', { partner: 'partner-2' }).map(({ event }) => event)).toEqual(['offered', 'silent']);
    expect(story.outcome).toBe('completed');
  });
});

describe('The team of two at a dose', () => {
  const teamOf = async (scenario: object) => {
    const story = await tell({ program: 'moderate-high', ...scenario });
    const booked = story.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
    return booked?.practitioners.filter((id) => id.startsWith('therapist'));
  };

  test('is of the practice that took the patient', async () => {
    expect(await teamOf({})).toEqual(['therapist-11', 'therapist-12']);
  });

  test.each([
    ['that the patient has not released anything to', { patient: { consents: { shareWithPartner: false } } }],
    ['that has declined', { people: [{ task: 'partner-offer', answer: 'declined' }] }],
  ])('has nobody of a practice %s; then one is the team', async (_which, scenario) => {
    expect(await teamOf(scenario)).toEqual(['therapist-1']);
  });

  test('is of the clinic’s own where it has two', async () => {
    const second = {
      id: 'therapist-2',
      name: 'Ty Hale',
      roles: ['therapist'],
      email: 't2@clinic.example',
      phone: '+12065550107',
    };
    const licence = { number: 'LMFT-3002', state: 'CA', expiresOn: '2028-12-31' };
    const hours = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]));
    const clinic = { practitioners: [{ ...second, licence, hours, holidays: [], notifyBy: 'email' }] };
    expect(await teamOf({ clinic, patient: { consents: { shareWithPartner: false } } })).toEqual([
      'therapist-1',
      'therapist-2',
    ]);
  });
});

test.each([
  ['two-then-extend', 'cannot extend to 9 doses; 6 to 8', 'extend', 6],
  ['northwest-iv', 'cannot extend to 13 doses; at most 6', 'continue', 6],
])(
  'a series of %s that cannot be extended so far is told as refused, and decided on the same day',
  async (program, why, instead, doses) => {
    const people = [{ task: 'next-step', occurrence: 1, answer: 'extend', data: { doses: 7 } }];
    const story = await tell({ program, people });
    expect(story.remarks).toEqual([`next-step 1: "extend" by provider-1 was refused: ${why}`]);
    const first = story.all('task', { task: 'next-step', occurrence: 1 });
    expect(first.map(({ event, answer }) => answer ?? event)).toEqual(['opened', instead]);
    expect(story.all('dose', { event: 'started' }).length).toBe(doses);
  },
);

test.each(PROGRAMS)(
  'a patient of %s whose dose waits for somebody who takes them home is asked who: in writing once, and by a call each time that it is looked at anew',
  async (program) => {
    const story = await tell({ program, patient: { chaperone: 'none' } });
    const held = story.all('gate', { gate: 'booking', result: 'hold' })[0];
    expect(story.one('message', { message: 'chaperone-changed', to: 'patient', event: 'sent' }).at).toBe(held?.at);
    const calls = story.all('task', { task: 'call-patient', event: 'opened' });
    const reviews = story.all('task', { task: 'gate-review', event: 'opened' });
    expect(calls.map(({ at, role }) => [at, role])).toEqual(reviews.map(({ at }) => [at, 'coordinator']));
    expect([calls[0]?.at, calls.length]).toEqual([held?.at, 4]);
  },
);

test.each(PROGRAMS)(
  'no word of another time reaches a patient of %s from check-in to discharge; whoever fetches them hears at once',
  async (program) => {
    const story = await tell({
      program,
      people: [
        { task: 'dosing-day-check', occurrence: 1, data: { heartRate: 120 } },
        { task: 'gate-review', answer: 'overridden', reason: 'as before every visit' },
      ],
    });
    const [inside] = story.all('appointment', { appointment: 'dosing', event: 'checked-in' });
    const [left] = story.all('appointment', { appointment: 'dosing', event: 'attended' });
    const sent = story.all('message', { message: 'time-changed', event: 'sent' });
    expect(sent.filter(({ to }) => to === 'chaperone').map(({ at }) => at < (left?.at ?? ''))).toEqual([true]);
    const told = sent.filter(({ to }) => to === 'patient');
    expect(told.map(({ at }) => at >= (left?.at ?? '9'))).toEqual([true]);
    const during = story.all('message', { to: 'patient', event: 'sent' });
    expect(during.filter(({ at }) => at > (inside?.at ?? '') && at < (left?.at ?? ''))).toEqual([]);
  },
);

test('a patient who names somebody after all is booked at once, and whoever was named is reminded', async () => {
  const story = await tell({
    patient: { chaperone: 'none' },
    commands: [
      { after: 'preparation', plus: 'PT3H', command: 'change-chaperone', by: patient, data: { chaperone: 'named' } },
    ],
  });
  const named = story.one('command');
  expect(named.accepted).toBe(true);
  expect(story.all('gate', { gate: 'booking', result: 'pass' })[0]?.at).toBe(named.at);
  expect(story.all('message', { message: 'chaperone-reminder', event: 'sent' })).toHaveLength(6);
});

/** Hours between one moment and the next. */
const hoursApart = (moments: readonly { at: string }[]) =>
  moments.slice(1).map((moment, n) => hoursBetween(moments[n] ?? moment, moment));

test.each(PROGRAMS)('nobody of %s fills in the same questionnaire twice within a day', async (program) => {
  const story = await tell({ program });
  for (const measure of new Set(story.all('measure').map((each) => each.measure)))
    expect(Math.min(99, ...hoursApart(story.all('measure', { measure })))).toBeGreaterThan(24);
});

test.each([
  ['late on the second day', { tue: [['09:00', '12:00']] }],
  ['on the day after a Friday', { sat: [['12:00', '17:00']], mon: [], tue: [], wed: [], thu: [], fri: [] }],
])('whoever is integrated %s is reminded of that visit once', async (_when, hours) => {
  const story = await tell({
    clinic: { practitioners: ['therapist-1', 'therapist-11'].map((id) => ({ id, hours })) },
  });
  const visits = story.all('appointment', { appointment: 'integration', event: 'attended' });
  expect(visits).toHaveLength(6);
  for (const { id } of visits) {
    const sent = story.all('message', { message: 'reminder', appointmentId: id, to: 'patient', event: 'sent' });
    expect(sent).toHaveLength(1);
  }
});
