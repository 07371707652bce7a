import { describe, expect, test } from 'vitest';
import { CHAPERONE } from '../../local/clinic/consult.ts';
import { hoursBetween, tell } from '../support/story.ts';

const coordinator = { role: 'coordinator', id: 'coordinator-1' };
const patient = { role: 'patient', id: 'patient' };
const afterBooking = { after: 'booked-dose', occurrence: 2, plus: 'PT1H' };

type Story = Awaited<ReturnType<typeof tell>>;
const doses = (story: Story) => story.all('dose', { event: 'started' }).length;

describe('A patient who changes how they can be reached', () => {
  const change = (data: object, when: object = { after: 'consult', plus: 'PT1H' }) => ({
    ...when,
    command: 'change-contact',
    by: patient,
    data,
  });

  test.each([
    ['a number that is none', { mobile: '12345' }],
    ['a number without its country', { mobile: '206-555-0123' }],
    ['an address that is none', { email: 'nobody' }],
    ['a place without a clock', { zone: 'Mars/Base' }],
    ['a good address beside a number that is none', { email: 'a@example.org', mobile: 'x' }],
  ])('by %s is refused, and the reason does not repeat what was given', async (_what, data) => {
    const story = await tell({ commands: [change(data)] });
    const { accepted, reason } = story.one('command');
    expect(accepted).toBe(false);
    for (const given of Object.values(data)) expect(reason).not.toContain(given);
  });

  test('to nothing at all is called, and nothing is skipped in silence', async () => {
    const story = await tell({ commands: [change({ mobile: 'none', email: 'none' })] });
    const { at } = story.one('command');
    expect(story.all('task', { task: 'call-patient', event: 'opened' })[0]?.at).toBe(at);
    expect(story.all('message', { event: 'sent', to: 'patient' }).filter((each) => each.at > at)).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test('to a number that works is written to there', async () => {
    const story = await tell({ patient: { mobile: 'none' }, commands: [change({ mobile: '+1 206 555 0123' })] });
    expect(story.all('message', { event: 'delivered', to: 'patient', channel: 'sms' }).length).toBeGreaterThan(0);
  });

  test.each(['America/New_York', 'Asia/Tokyo'])(
    'by moving to %s gets every reminder by the new clock',
    async (zone) => {
      const story = await tell({ commands: [change({ zone }, afterBooking)] });
      const { at } = story.one('command');
      const planned = story.all('message', { event: 'sent', to: 'patient' }).filter((each) => each.at > at);
      for (const { local } of planned) {
        expect(local.slice(11, 16) >= '08:00' && local.slice(11, 16) < '21:00').toBe(true);
      }
      const [dayBefore] = planned.filter(({ message }) => message === 'day-before');
      expect(dayBefore).toMatchObject({ occurrence: 2, revision: 2 });
      expect(dayBefore?.local).toContain(' 16:30 ');
      expect(story.all('message', { message: 'day-before', event: 'sent' })).toHaveLength(6);
      expect(story.outcome).toBe('completed');
    },
  );
});

describe('STOP and START', () => {
  test('in a crisis too are confirmed at once, and help comes by e-mail', async () => {
    const story = await tell({
      commands: [
        { after: 'plan', plus: 'PT1H', command: 'report-crisis', by: patient },
        { after: 'plan', plus: 'PT1H', command: 'stop-messages', by: patient },
      ],
    });
    const [, stop] = story.all('command').map(({ at }) => at);
    expect(story.one('message', { message: 'stop-confirmation', event: 'sent' }).at).toBe(stop);
    expect(story.one('message', { message: 'crisis-information', event: 'sent' }).channel).toBe('email');
  });

  test('end and resume every text; e-mail goes on, and one text confirms it at any hour', async () => {
    const story = await tell({
      commands: [
        { after: 'consult', plus: 'PT11H', command: 'stop-messages', by: patient },
        { after: 'consult', plus: 'PT12H', command: 'stop-messages', by: patient },
        { after: 'integration', occurrence: 3, plus: 'PT1H', command: 'start-messages', by: patient },
      ],
    });
    const [stop, , start] = story.all('command').map(({ at }) => at);
    const confirmed = story.one('message', { message: 'stop-confirmation', event: 'sent' });
    expect(confirmed).toMatchObject({ at: stop, channel: 'sms' });
    const between = story
      .all('message', { event: 'sent', to: 'patient' })
      .filter(({ at }) => at > (stop ?? '') && at < (start ?? ''));
    expect(new Set(between.map(({ channel }) => channel))).toEqual(new Set(['email']));
    expect(
      story.all('message', { event: 'sent', to: 'patient', channel: 'sms' }).some(({ at }) => at > (start ?? '')),
    ).toBe(true);
  });
});

describe('A clinic that relies on the healthcare exemption for its texts', () => {
  test('sends at most one a day and three in any week; safety counts and is never kept back, the others go by e-mail', async () => {
    const story = await tell({ clinic: { policy: { sms: { healthcareExemption: true } } } });
    const texts = story.all('message', { event: 'sent', channel: 'sms', to: 'patient' });
    const day = ({ local }: { local: string }) => Date.parse(local.slice(0, 10)) / 86_400_000;
    for (const [n, text] of texts.entries()) {
      if (text.class === 'safety') continue;
      const before = texts.slice(0, n);
      expect(before.filter((each) => day(each) === day(text))).toEqual([]);
      expect(before.filter((each) => day(each) > day(text) - 7).length).toBeLessThan(3);
    }
    expect(texts.filter(({ message }) => message === 'home-safe')).toHaveLength(6);
    const limited = story.all('message', { event: 'skipped', reason: 'sms-limit' });
    expect(limited.length).toBeGreaterThan(0);
    for (const { message, occurrence, revision } of limited)
      expect(
        story.all('message', { message, occurrence, revision, channel: 'email', attempt: 2, event: 'sent' }),
      ).toHaveLength(1);
  });
});

describe.each(['northwest-iv', 'three-phase'])('A patient of %s without e-mail', (program) => {
  test('gets by text what others are sent by e-mail: nothing is left out while one channel works', async () => {
    const story = await tell({ program, patient: { email: 'none' } });
    expect(story.all('message', { event: 'skipped', reason: 'no-channel' })).toEqual([]);
    expect(story.all('message', { message: 'education', event: 'sent', channel: 'sms' }).length).toBeGreaterThan(0);
    expect(story.outcome).toBe('completed');
  });
});

describe.each(['northwest-iv', 'three-phase'])('A patient of %s whom nothing written reaches', (program) => {
  test('is called about the visit that is called off, and the journey is not over before', async () => {
    const story = await tell({
      program,
      patient: { mobile: 'none', email: 'none' },
      commands: [{ ...afterBooking, command: 'withdraw', by: coordinator }],
    });
    const off = story.all('message', { message: 'appointment-cancelled', event: 'skipped', reason: 'no-channel' });
    const { at } = story.one('command');
    const calls = story.all('task', { task: 'call-patient', event: 'opened' }).filter((each) => each.at >= at);
    expect(calls.length).toBeGreaterThanOrEqual(off.length);
    expect(off.length).toBeGreaterThan(0);
    for (const { id } of calls) expect(story.one('task', { id, event: 'decided' }).answer).toBe('reached');
    expect(story.outcome).toBe('withdrawn');
  });
});

describe('A chaperone', () => {
  const change = (data: object, when: object = afterBooking) => ({
    ...when,
    command: 'change-chaperone',
    by: patient,
    data,
  });

  test('who drops out holds the booked dose, the patient is told, and a person helps', async () => {
    const story = await tell({
      commands: [change({ chaperone: 'none' }), change({ chaperone: 'named' }, { ...afterBooking, plus: 'P1D' })],
    });
    const [gone, back] = story.all('command').map(({ at }) => at);
    expect(story.one('hold', { event: 'placed', reason: 'chaperone' }).at).toBe(gone);
    expect(story.one('hold', { event: 'lifted', reason: 'chaperone' }).at).toBe(back);
    expect(story.all('message', { message: 'chaperone-changed', event: 'sent', to: 'patient' })).toHaveLength(2);
    expect(story.all('task', { task: 'call-patient', event: 'opened' })[0]?.at).toBe(gone);
    expect(story.all('message', { message: 'chaperone-reminder', event: 'sent' })).toHaveLength(6);
    expect(doses(story)).toBe(6);
  });

  test('whom nobody replaces: no dose is given, and the journey does not wait for ever', async () => {
    const story = await tell({ commands: [change({ chaperone: 'none' })] });
    expect(doses(story)).toBe(1);
    expect(story.outcome).toBe('stopped-medically');
  });

  test('who is named while the dose goes on learns at once when to come, and the patient reads of it after the session', async () => {
    const named = { chaperone: 'named', name: 'Kim', mobile: '+12065550177' };
    const story = await tell({
      program: 'moderate-high',
      commands: [change(named, { after: 'dose', occurrence: 1, plus: 'PT1M' })],
    });
    const { at } = story.one('command');
    const sent = (to: 'patient' | 'chaperone') =>
      story.all('message', { event: 'sent', to }).filter((each) => each.at >= at);
    expect(
      sent('chaperone')
        .slice(0, 2)
        .map((each) => [each.message, each.at]),
    ).toEqual([
      ['chaperone-changed', at],
      ['chaperone-reminder', at],
    ]);
    const [over] = story.all('appointment', { appointment: 'dosing', event: 'attended' });
    expect(sent('patient')[0]).toMatchObject({ message: 'chaperone-changed', at: over?.at });
  });

  test('who is named on the morning of the dose is told when to come as soon as anybody may be texted', async () => {
    const named = { chaperone: 'named', name: 'Kim', mobile: '+12065550177' };
    const story = await tell({ commands: [change(named, { at: '2026-03-09T13:30:00.000Z' })] });
    const told = story.all('message', { message: 'chaperone-reminder', event: 'sent', to: 'chaperone' });
    expect(told.slice(0, 2).map(({ at }) => at)).toEqual(['2026-03-09T00:00:00.000Z', '2026-03-09T15:00:00.000Z']);
  });

  test('who drops out while the dose goes on need not come, and a person finds somebody before the patient goes home', async () => {
    const story = await tell({
      commands: [
        change({ chaperone: 'none' }, { after: 'dose', occurrence: 1, plus: 'PT5M' }),
        change({ chaperone: 'named' }, { after: 'discharge', occurrence: 1, plus: 'PT1H' }),
      ],
    });
    const [{ at } = { at: '' }] = story.all('command');
    expect(story.one('message', { message: 'chaperone-changed', event: 'sent', to: 'chaperone' }).at).toBe(at);
    const [dosing] = story.all('appointment', { appointment: 'dosing', event: 'booked' });
    const [call] = story.all('task', { task: 'call-patient', event: 'opened' });
    expect(call).toMatchObject({ at, dueAt: dosing?.endsAt });
    expect(story.all('message', { event: 'sent', to: 'patient' }).filter((each) => each.at === at)).toEqual([]);
    expect(doses(story)).toBe(6);
  });

  test('who changes after the last dose is nobody’s concern: nothing is sent and nobody calls', async () => {
    const story = await tell({ commands: [change({ chaperone: 'none' }, { after: 'series', plus: 'P3D' })] });
    expect(story.one('command')).toMatchObject({ accepted: true });
    expect(story.all('message', { message: 'chaperone-changed' })).toEqual([]);
    expect(story.all('task', { task: 'call-patient' })).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test('who is named on the morning of the dose and replaced in the session is told that they need not come', async () => {
    const named = { chaperone: 'named', name: 'Kim', mobile: '+12065550177' };
    const other = { chaperone: 'named', name: 'Lee', mobile: '+12065550188' };
    const story = await tell({
      commands: [
        change(named, { at: '2026-03-09T13:30:00.000Z' }),
        change(other, { after: 'dose', occurrence: 1, plus: 'PT5M' }),
      ],
    });
    const [, { at } = { at: '' }] = story.all('command');
    const told = story.all('message', { event: 'sent', to: 'chaperone', message: 'chaperone-changed' });
    expect(told.map((each) => each.at)).toEqual(['2026-03-09T15:00:00.000Z', at]);
  });

  test('who is named on the morning of the dose hears that the dose is called off', async () => {
    const named = { chaperone: 'named', name: 'Kim', mobile: '+12065550177' };
    const story = await tell({
      commands: [
        change(named, { at: '2026-03-09T13:30:00.000Z' }),
        {
          at: '2026-03-09T15:30:00.000Z',
          command: 'cancel-appointment',
          by: patient,
          data: { appointment: 'dosing', occurrence: 1 },
        },
      ],
    });
    const told = story.all('message', { event: 'sent', to: 'chaperone' }).slice(0, 4);
    expect(told.map(({ message }) => message)).toEqual([
      'chaperone-reminder',
      'chaperone-changed',
      'chaperone-reminder',
      'appointment-cancelled',
    ]);
  });

  test('who is replaced after their reminder is told that they need not come, and the new one is reminded', async () => {
    const story = await tell({
      commands: [
        change(
          { chaperone: 'named', name: 'Kim', mobile: '+12065550177' },
          { after: 'booked-dose', occurrence: 2, plus: 'P5DT4H' },
        ),
      ],
    });
    const { at } = story.one('command');
    const released = story.one('message', { message: 'chaperone-changed', event: 'sent', to: 'chaperone' });
    expect(released.at).toBe(at);
    const reminded = story.all('message', { message: 'chaperone-reminder', event: 'sent', occurrence: 2 });
    expect(reminded.map((each) => each.at >= at)).toEqual([false, true]);
  });

  test('who is replaced when nobody may be texted before the pick-up is called, and so does not come in vain', async () => {
    const named = { chaperone: 'named', name: 'Kim', mobile: '+12065550177' };
    const story = await tell({
      program: 'moderate-high',
      patient: { zone: 'Asia/Tokyo' },
      commands: [change(named, { after: 'dose', occurrence: 1, plus: 'PT0M' })],
    });
    const { at } = story.one('command');
    expect(story.one('message', { message: 'chaperone-changed', to: 'chaperone' })).toMatchObject({
      at,
      event: 'skipped',
      reason: 'quiet-hours',
    });
    const call = story.one('task', { task: 'call-patient', event: 'opened' });
    const [dosing] = story.all('appointment', { appointment: 'dosing', event: 'booked' });
    expect([call.at, call.dueAt]).toEqual([at, dosing?.endsAt]);
  });

  test('who is replaced at night hears of the time that they know, though the dose moves before the morning', async () => {
    const named = { chaperone: 'named', name: 'Kim', mobile: '+12065550177' };
    const [booked] = (await tell({})).all('appointment', { appointment: 'dosing', event: 'booked' });
    const eve = (hours: number) => ({
      at: new Date(Date.parse(booked?.startsAt ?? '') - hours * 3_600_000).toISOString(),
    });
    const move = { command: 'reschedule-appointment', by: patient, data: { appointment: 'dosing', occurrence: 1 } };
    const story = await tell({ commands: [change(named, eve(11)), { ...eve(10), ...move }] });
    expect(story.all('command').map(({ accepted }) => accepted)).toEqual([true, true]);
    const [told] = story.all('message', { message: 'chaperone-reminder', to: 'chaperone', event: 'sent' });
    const when = /pick-up is (.*?) at /.exec(told?.text ?? '')?.[1];
    const released = story.one('message', { message: 'chaperone-changed', to: 'chaperone', event: 'sent' });
    expect(released.text).toContain(`for the pick-up on ${when}`);
  });

  test.each<[string, { name: string; mobile: string }, number]>([
    ['somebody else once more', { name: 'Lee', mobile: '+12065550188' }, 1],
    ['whoever it was before, who comes after all', { name: 'Jo', mobile: CHAPERONE.mobile }, 0],
  ])(
    'who is replaced at night, and in the same night %s: nobody hears a word that is not so',
    async (_who, other, released) => {
      const named = { chaperone: 'named', name: 'Kim', mobile: '+12065550177' };
      const [booked] = (await tell({})).all('appointment', { appointment: 'dosing', event: 'booked' });
      const eve = (hours: number) => ({
        at: new Date(Date.parse(booked?.startsAt ?? '') - hours * 3_600_000).toISOString(),
      });
      const story = await tell({
        commands: [change(named, eve(11)), change({ chaperone: 'named', ...other }, eve(10))],
      });
      expect(story.all('command').map(({ accepted }) => accepted)).toEqual([true, true]);
      const sent = story
        .all('message', { to: 'chaperone', event: 'sent' })
        .filter(({ at }) => at < (booked?.endsAt ?? ''));
      expect(sent.map(({ message }) => message)).toEqual([
        'chaperone-reminder',
        ...Array.from({ length: released }, () => 'chaperone-changed'),
        'chaperone-reminder',
      ]);
    },
  );
});

describe('A therapist who leaves', () => {
  const replace = (therapist: string, when: object = afterBooking) => ({
    ...when,
    command: 'replace-therapist',
    by: coordinator,
    data: { therapist },
  });

  test.each([
    ['a colleague of the same practice', 'therapist-12', ['offered', 'accepted', 'continued']],
    [
      'somebody of another practice',
      'therapist-21',
      ['offered', 'accepted', 'withdrawn', 'offered', 'accepted', 'continued'],
    ],
    ['the clinic’s own', 'therapist-1', ['offered', 'accepted', 'withdrawn']],
  ])('is replaced by %s: recorded, told, and future sessions are theirs', async (_who, to, handoffs) => {
    const story = await tell({ commands: [replace(to)] });
    const { at } = story.one('command');
    expect(story.one('therapist')).toMatchObject({ at, from: 'therapist-11', to, by: 'coordinator-1' });
    expect(story.one('message', { message: 'therapist-changed', event: 'sent', to: 'patient' }).at).toBe(at);
    const later = story
      .all('appointment', { appointment: 'integration', event: 'attended' })
      .filter((each) => each.at > at);
    expect(new Set(later.flatMap(({ practitioners }) => practitioners))).toEqual(new Set([to]));
    expect(story.all('handoff').map(({ event }) => event)).toEqual(handoffs);
    expect(story.all('message', { message: 'partner-withdrawn', event: 'sent' })).toHaveLength(
      handoffs.includes('withdrawn') ? 1 : 0,
    );
    expect(story.outcome).toBe('completed');
  });

  test('while a session is owed leaves it to the new one, inside its window', async () => {
    const story = await tell({
      commands: [replace('therapist-1', { after: 'discharge', occurrence: 2, plus: 'PT1H' })],
    });
    expect(story.all('debt', { event: 'overdue' })).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  const endedFor = (id: string, expiresOn: string) => ({
    clinic: { practitioners: [{ id, licence: { number: 'x', state: 'CA', expiresOn } }] },
  });
  const ended = endedFor('therapist-11', '2026-03-24');
  const late = { task: 'next-step', occurrence: 1, after: 'P6D' };

  test.each([
    ['northwest-iv', 'therapist-11', '2026-03-24'],
    ['two-then-extend', 'therapist-1', '2026-03-29'],
  ])(
    'because the licence has ended is replaced before the next dose is booked (%s)',
    async (program, from, expiresOn) => {
      const story = await tell({ program, ...endedFor(from, expiresOn), people: [late] });
      const [held] = story.all('gate', { gate: 'booking', result: 'hold' });
      expect(held?.checks.filter(({ result }) => result === 'hold').map(({ id }) => id)).toEqual(['staffing']);
      expect(story.one('task', { task: 'place-patient', event: 'opened' }).at).toBe(held?.at);
      const placed = story.one('task', { task: 'place-patient', event: 'decided' });
      expect(story.one('therapist')).toMatchObject({ at: placed.at, from });
      expect(story.all('gate', { gate: 'booking', result: 'pass' }).map(({ at }) => at)).toContain(placed.at);
      expect(story.outcome).toBe('completed');
    },
  );

  test('because the licence has ended, and nobody can take the patient: they are transferred at once', async () => {
    const story = await tell({ ...ended, people: [late, { task: 'place-patient', answer: 'none' }] });
    const none = story.one('task', { task: 'place-patient', event: 'decided' });
    expect(story.outcome).toBe('transferred');
    expect(hoursBetween(none, story.one('outcome'))).toBeLessThan(1);
  });

  test('because the licence has ended, while somebody names another: nobody is asked any more', async () => {
    const story = await tell({
      ...ended,
      people: [late, { task: 'place-patient', never: true }],
      commands: [replace('therapist-1', { after: 'integration', occurrence: 3, plus: 'P7D' })],
    });
    expect(story.all('task', { task: 'place-patient' }).map(({ event }) => event)).toEqual(['opened', 'superseded']);
    expect(story.outcome).toBe('completed');
  });

  test.each([
    ['declines', { task: 'partner-offer', occurrence: 2, answer: 'declined' }],
    ['stays silent', { task: 'partner-offer', occurrence: 2, never: true }],
  ])('for a practice that %s is a coordinator’s task', async (_what, rule) => {
    const story = await tell({ people: [rule], commands: [replace('therapist-21')] });
    expect(story.all('task', { task: 'place-patient', event: 'decided' })).toHaveLength(1);
    expect(story.all('therapist').map(({ to }) => to)).toEqual(['therapist-21', 'therapist-1']);
    expect(story.outcome).toBe('completed');
  });

  test('is replaced by a therapist only, and by somebody else', async () => {
    const story = await tell({
      commands: [
        replace('therapist-1', { after: 'request', plus: 'PT1H' }),
        replace('nurse-1'),
        replace('therapist-11'),
      ],
    });
    expect(story.all('command').map(({ accepted }) => accepted)).toEqual([false, false, false]);
  });
});

describe('Somebody who is away', () => {
  const away = (practitioner: string, from: string, to: string, when: object = afterBooking) => ({
    ...when,
    command: 'practitioner-absent',
    by: coordinator,
    data: { practitioner, from, to },
  });

  test('and has a colleague: the dose stays at its time with them', async () => {
    const story = await tell({
      commands: [away('provider-1', '2026-03-11T08:00:00-07:00', '2026-03-20T18:00:00-07:00')],
    });
    const [booked] = story.all('appointment', { appointment: 'dosing', event: 'booked', cycle: 2 });
    const [moved] = story.all('appointment', { appointment: 'dosing', event: 'moved', cycle: 2 });
    expect(moved).toMatchObject({ startsAt: booked?.startsAt, practitioners: ['nurse-1', 'provider-2'] });
    expect(story.all('message', { message: 'time-changed', event: 'sent', to: 'patient' })).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test('is not paged on their turn: whoever is next on call is asked, and answers', async () => {
    const story = await tell({
      commands: [
        away('provider-2', '2026-03-09T08:00:00-07:00', '2026-03-20T18:00:00-07:00'),
        { after: 'booked-dose', occurrence: 2, plus: 'PT5H', command: 'report-crisis', by: patient },
      ],
    });
    expect(story.all('safety', { event: 'paged' }).map(({ person }) => person)).toEqual(['provider-1']);
    expect(story.one('safety', { event: 'acknowledged' }).by).toBe('provider-1');
  });

  test('and has none: the pair moves to when they are back, and nothing is booked with them meanwhile', async () => {
    const [from, to] = ['2026-03-11T08:00:00-07:00', '2026-03-20T18:00:00-07:00'];
    const story = await tell({ commands: [away('nurse-1', from, to)] });
    const started = story.all('dose', { event: 'started' }).map(({ at }) => Date.parse(at));
    expect(started.filter((at) => at > Date.parse(from) && at < Date.parse(to))).toEqual([]);
    expect(story.all('message', { message: 'time-changed', event: 'sent', to: 'patient' }).length).toBeGreaterThan(0);
    expect(doses(story)).toBe(6);
  });

  test('and owes a session becomes a booking, and the debt is seen', async () => {
    const story = await tell({
      commands: [
        away('therapist-11', '2026-03-17T08:00:00-07:00', '2026-03-27T18:00:00-07:00', {
          after: 'discharge',
          occurrence: 2,
          plus: 'PT1H',
        }),
      ],
    });
    expect(story.all('debt', { event: 'overdue', cycle: 2 })).toHaveLength(1);
    expect(story.all('debt', { event: 'settled', cycle: 2 })).toHaveLength(1);
    expect(story.outcome).toBe('completed');
  });

  test.each([
    ['nobody knows', away('x', '2026-03-17T08:00:00-07:00', '2026-03-18T08:00:00-07:00')],
    ['ends before it begins', away('nurse-1', '2026-03-17T08:00:00-07:00', '2026-03-16T08:00:00-07:00')],
    ['is over', away('nurse-1', '2025-03-17T08:00:00-07:00', '2025-03-18T08:00:00-07:00')],
  ])('whom or when %s is refused', async (_why, command) => {
    expect((await tell({ commands: [command] })).one('command').accepted).toBe(false);
  });
});

describe('Care that is transferred', () => {
  test.each([
    ['before anything was given', { after: 'fit', plus: 'PT1H' }, 'outside', 0],
    ['while a session is owed', { after: 'discharge', occurrence: 2, plus: 'PT1H' }, 'partner-1', 2],
  ])('%s ends in a handoff, after what is owed', async (_when, when, partner, settled) => {
    const story = await tell({ commands: [{ ...when, command: 'transfer-care', by: coordinator }] });
    expect(story.outcome).toBe('transferred');
    expect(story.one('handoff', { event: 'continued' }).partner).toBe(partner);
    expect(story.all('debt', { event: 'settled' })).toHaveLength(settled);
  });
});

describe('An override of a gate', () => {
  const silent = (data: object, more: object = {}) => ({
    ...afterBooking,
    command: 'override-gate',
    by: { role: 'provider', id: 'provider-1' },
    data,
    ...more,
  });
  const override = (data: object, more: object = {}) => ({ ...silent(data, more), reason: 'usual for this patient' });
  const high = [{ task: 'dosing-day-check', occurrence: 2, data: { sbp: 150 } }];

  test('by the check’s role lets the check pass, with who and why', async () => {
    const story = await tell({ people: high, commands: [override({ gate: 'dosing-day', check: 'DD-09' })] });
    const passed = story
      .all('gate', { result: 'pass' })
      .flatMap(({ checks }) => checks.filter(({ result }) => result === 'overridden'));
    expect(passed).toHaveLength(2);
    expect(passed[0]).toMatchObject({ id: 'DD-09', by: ['provider-1'], reason: 'usual for this patient' });
    expect(story.all('task', { task: 'gate-review' })).toEqual([]);
  });

  test('answers the review that was asked for', async () => {
    const story = await tell({
      people: [...high, { task: 'gate-review', never: true }],
      commands: [override({ gate: 'dosing-day', check: 'DD-09' }, { plus: 'P5DT20H5M' })],
    });
    expect(story.all('task', { task: 'gate-review' }).map(({ event }) => event)).toEqual(['opened', 'superseded']);
    expect(story.all('dose', { event: 'started', cycle: 2 })).toHaveLength(1);
  });

  test.each([
    ['by another role', override({ gate: 'dosing-day', check: 'DD-09' }, { by: { role: 'nurse', id: 'nurse-1' } })],
    ['without a reason', silent({ gate: 'dosing-day', check: 'DD-09' })],
    ['of what nobody may override', override({ gate: 'dosing-day', check: 'DD-12' })],
    ['of what the gate does not ask', override({ gate: 'booking', check: 'DD-09' })],
    ['before there is a dose', override({ gate: 'dosing-day', check: 'DD-09' }, { after: 'fit', occurrence: 1 })],
  ])('%s is refused', async (_how, command) => {
    expect((await tell({ commands: [command] })).one('command').accepted).toBe(false);
  });
});

describe('Appointments begin on the grid of the clinic', () => {
  test.each([
    ['PT15M', '2026-03-03T19:15:00.000Z'],
    ['PT10M', '2026-03-03T19:10:00.000Z'],
  ])('%s, a day after two minutes past', async (grid, startsAt) => {
    const story = await tell({
      clinic: { booking: { grid } },
      start: '2026-03-02T09:02:00-08:00',
      people: [{ task: 'fit-decision', answer: 'not-fit' }],
    });
    expect(story.one('appointment', { appointment: 'consult', event: 'booked' }).startsAt).toBe(startsAt);
  });
});
