import { expect, test } from 'vitest';
import type { TaskKind } from '../../functions/domain/names.ts';
import { hoursBetween, tell } from '../support/story.ts';

/** What the stories of northwest-iv tell holds on the other programs as well: each sentence once more, where things are arranged otherwise. */
type Story = Awaited<ReturnType<typeof tell>>;
type Told = readonly [sentence: string, program: string, scenario: object, shows: (story: Story) => void];

const patient = { role: 'patient', id: 'patient' };
const coordinator = { role: 'coordinator', id: 'coordinator-1' };
const nurse = { role: 'nurse', id: 'nurse-1' };
const when = (after: string, plus: string, occurrence = 1) => ({ after, plus, occurrence });
const asks = (command: string, at: object, more: object = {}) => ({ ...at, command, ...more });

const kinds = (story: Story, task: TaskKind) => story.all('task', { task }).map(({ event }) => event);
const started = (story: Story) => story.all('dose', { event: 'started' });
const whole = (story: Story) => {
  expect(story.outcome).toBe('completed');
  expect(story.all('debt', { event: 'settled' }).length).toBe(started(story).length);
};

/** What did not arrive by one channel is delivered by the other. */
const goesOn = (failing: 'sms' | 'email', other: 'sms' | 'email') => (story: Story) => {
  const failed = story.all('message', { event: 'failed', channel: failing, to: 'patient' });
  expect(failed.length).toBeGreaterThan(0);
  for (const { message, occurrence, revision } of failed)
    story.one('message', {
      message,
      occurrence,
      revision,
      to: 'patient',
      attempt: 2,
      channel: other,
      event: 'delivered',
    });
  whole(story);
};

const TOLD: readonly Told[] = [
  [
    'a pause calls the booked pair off with notice, stops everything, and goes on where it was, cleared anew',
    'three-phase',
    {
      commands: [
        asks('pause', when('booked-dose', 'PT20H', 2), { by: patient }),
        asks('resume', when('booked-dose', 'P100D', 2), { by: patient }),
      ],
    },
    (story) => {
      const [from, to] = story.all('command').map(({ at }) => at);
      expect(story.all('appointment', { event: 'cancelled', at: from ?? '' })).toHaveLength(2);
      const between = story.entries.filter(({ at }) => at >= (from ?? '') && at < (to ?? ''));
      expect(between.filter((entry) => entry.kind === 'appointment' && entry.event === 'booked')).toEqual([]);
      const said = between.flatMap((entry) => (entry.kind === 'message' && entry.event === 'sent' ? [entry] : []));
      expect(
        [...new Set(said.filter((each) => each.to === 'patient').map(({ message }) => message))].toSorted(),
      ).toEqual(['appointment-cancelled', 'pause']);
      for (const task of ['medical-clearance', 'psychological-clearance'] as const)
        expect(story.all('task', { task, event: 'decided' })).toHaveLength(2);
      whole(story);
    },
  ],
  [
    'a pause of 365 days is a withdrawal',
    'therapist-led',
    { commands: [asks('pause', when('integration', 'PT1H'), { by: coordinator })] },
    (story) => {
      expect(story.outcome).toBe('withdrawn');
      expect(Math.round(hoursBetween(story.one('command'), story.result.end) / 24)).toBe(365);
    },
  ],
  [
    'who withdraws after a dose keeps both owed sessions, then goodbye',
    'moderate-high',
    { commands: [asks('withdraw', when('discharge', 'PT1H'), { by: patient })] },
    (story) => {
      expect(story.outcome).toBe('withdrawn');
      const held = story.all('appointment', { appointment: 'integration', event: 'attended' });
      expect(held).toHaveLength(2);
      expect(story.one('message', { message: 'goodbye', event: 'sent' }).at >= (held.at(-1)?.at ?? '')).toBe(true);
      for (const task of ['home-safe', 'next-day-check-in'] as const)
        expect(story.all('task', { task, event: 'decided' })).toHaveLength(1);
    },
  ],
  [
    'who withdraws and declines the owed session is asked no more about it',
    'two-then-extend',
    {
      commands: [
        asks('withdraw', when('discharge', 'PT1H'), { by: patient }),
        asks('cancel-appointment', when('discharge', 'PT2H'), { by: patient, data: { appointment: 'integration' } }),
      ],
    },
    (story) => {
      expect(story.outcome).toBe('withdrawn');
      expect(story.one('debt', { event: 'waived' })).toMatchObject({ by: 'patient', at: story.all('command')[1]?.at });
      expect(story.all('task', { task: 'record-integration' })).toEqual([]);
    },
  ],
  [
    'a new medicine voids the clearance, holds the booked dose and moves the pair that nobody cleared in time',
    'three-phase',
    {
      people: [{ task: 'medical-clearance', occurrence: 2, after: 'P9D' }],
      commands: [asks('new-medication', when('booked-dose', 'PT5H', 2), { data: { class: 'maoi' } })],
    },
    (story) => {
      expect(story.one('hold', { event: 'placed' }).at).toBe(story.one('command').at);
      const [booked] = story.all('appointment', { appointment: 'dosing', event: 'booked', cycle: 2 });
      const [moved] = story.all('appointment', { appointment: 'dosing', event: 'moved', cycle: 2 });
      expect(hoursBetween(moved ?? '', booked?.startsAt ?? '')).toBe(24);
      const cleared = story.all('task', { task: 'medical-clearance', event: 'decided' })[1];
      expect(story.one('hold', { event: 'lifted' }).at).toBe(cleared?.at);
      expect((started(story)[1]?.at ?? '') > (cleared?.at ?? '')).toBe(true);
      whole(story);
    },
  ],
  [
    'STOP is confirmed once and ends every text, START allows them again',
    'therapist-led',
    {
      commands: [
        asks('stop-messages', when('consult', 'PT14H'), { by: patient }),
        asks('stop-messages', when('consult', 'PT15H'), { by: patient }),
        asks('start-messages', when('integration', 'PT1H', 2), { by: patient }),
      ],
    },
    (story) => {
      const [stop = '', , start = ''] = story.all('command').map(({ at }) => at);
      expect(story.one('message', { message: 'stop-confirmation', event: 'sent' })).toMatchObject({
        at: stop,
        channel: 'sms',
      });
      const texts = story.all('message', { event: 'sent', to: 'patient', channel: 'sms' }).map(({ at }) => at);
      expect(texts.filter((at) => at > stop && at < start)).toEqual([]);
      expect(texts.some((at) => at > start)).toBe(true);
      whole(story);
    },
  ],
  [
    'an undelivered text goes out by e-mail',
    'moderate-high',
    { patient: { mobile: 'undelivered' } },
    goesOn('sms', 'email'),
  ],
  ['a bounce goes out as a text', 'therapist-led', { patient: { email: 'bounces' } }, goesOn('email', 'sms')],
  [
    'where nothing gets through a person calls, before a visit that was called off would begin',
    'two-then-extend',
    {
      patient: { mobile: 'undelivered', email: 'bounces' },
      commands: [
        asks('cancel-appointment', when('booked-dose', 'PT2H'), { by: coordinator, data: { appointment: 'dosing' } }),
      ],
    },
    (story) => {
      const gone = story.all('appointment', { event: 'cancelled', at: story.one('command').at });
      const calls = story.all('task', { task: 'call-patient', event: 'decided' }).map(({ at }) => at);
      for (const { id, at, startsAt } of gone) {
        expect(
          story.all('message', { message: 'appointment-cancelled', appointmentId: id, event: 'failed' }),
        ).toHaveLength(2);
        expect(calls.some((called) => called > at && called < startsAt)).toBe(true);
      }
      whole(story);
    },
  ],
  [
    'without mobile and e-mail there is one call at the start, one for each booking and safety message, and nothing is skipped in silence',
    'therapist-led',
    { patient: { mobile: 'none', email: 'none' } },
    (story) => {
      const calls = story.all('task', { task: 'call-patient', event: 'opened' }).map(({ at }) => at);
      expect(calls[0]).toBe(story.result.start);
      const skipped = story.all('message', { event: 'skipped', to: 'patient' });
      expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['no-channel']));
      for (const each of skipped)
        if (each.class === 'safety' || each.message === 'booking-confirmation') expect(calls).toContain(each.at);
      expect(story.all('message', { event: 'sent', to: 'patient' })).toEqual([]);
      whole(story);
    },
  ],
  [
    'a chaperone who drops out holds the booked dose until somebody is named',
    'moderate-high',
    {
      commands: [
        asks('change-chaperone', when('booked-dose', 'PT3H'), { by: patient, data: { chaperone: 'none' } }),
        asks('change-chaperone', when('booked-dose', 'P1D'), { by: patient, data: { chaperone: 'named' } }),
      ],
    },
    (story) => {
      const [gone, back] = story.all('command').map(({ at }) => at);
      expect(story.all('hold', { reason: 'chaperone' }).map(({ at }) => at)).toEqual([gone, back]);
      expect(story.all('task', { task: 'call-patient', event: 'opened' })[0]?.at).toBe(gone);
      whole(story);
    },
  ],
  [
    'a therapist who leaves is replaced: recorded, told, and future sessions are theirs',
    'moderate-high',
    {
      commands: [
        asks('replace-therapist', when('discharge', 'PT2H'), { by: coordinator, data: { therapist: 'therapist-1' } }),
      ],
    },
    (story) => {
      const { at } = story.one('command', { accepted: true });
      expect(story.one('therapist')).toMatchObject({ at, to: 'therapist-1', by: 'coordinator-1' });
      expect(story.one('message', { message: 'therapist-changed', event: 'sent' }).at).toBe(at);
      for (const held of story.all('appointment', { appointment: 'integration', event: 'attended' }))
        if (held.at > at) expect(held.practitioners).toEqual(['therapist-1']);
      whole(story);
    },
  ],
  [
    'care that is transferred ends in a handoff, after what is owed',
    'two-then-extend',
    { commands: [asks('transfer-care', when('discharge', 'PT1H', 2), { by: { role: 'provider', id: 'provider-1' } })] },
    (story) => {
      expect(story.outcome).toBe('transferred');
      expect(story.one('handoff', { event: 'continued' }).at).toBe(story.one('command').at);
      expect(story.all('debt', { event: 'settled' })).toHaveLength(2);
    },
  ],
  [
    'a mild adverse event is reviewed before the next dose, without a hold or a page',
    'therapist-led',
    { commands: [asks('report-adverse-event', when('booked-dose', 'PT5H', 2), { by: patient, data: { grade: 2 } })] },
    (story) => {
      expect(story.all('safety').map(({ event }) => event)).toEqual(['opened', 'decided', 'closed']);
      expect(story.all('hold')).toEqual([]);
      expect((started(story)[1]?.at ?? '') > story.one('safety', { event: 'closed' }).at).toBe(true);
    },
  ],
  [
    'a severe one pages up the whole ladder until somebody acknowledges, holds, is decided and followed up',
    'three-phase',
    {
      people: [
        { task: 'acknowledge-safety', role: 'on-call', never: true },
        { task: 'acknowledge-safety', role: 'provider', never: true },
        { task: 'acknowledge-safety', role: 'medical-director', after: 'PT50M' },
      ],
      commands: [asks('report-adverse-event', when('booked-dose', 'PT5H', 2), { by: nurse, data: { grade: 4 } })],
    },
    (story) => {
      const opened = story.one('safety', { event: 'opened' });
      const minutes = story
        .all('safety', { event: 'paged' })
        .map((page) => Math.round(hoursBetween(opened, page) * 60));
      expect([...new Set(minutes)]).toEqual([0, 5, 10, 25, 40, 55]);
      expect(minutes.filter((minute) => minute === 25)).toHaveLength(3);
      for (const { person } of story.all('safety', { event: 'paged', at: opened.at }))
        expect(
          story
            .all('message', { message: 'page', event: 'sent', at: opened.at, person: person ?? '' })
            .map(({ channel }) => channel),
        ).toEqual(['sms', 'email']);
      expect(story.one('hold', { event: 'placed' }).at).toBe(opened.at);
      expect(story.one('safety', { event: 'acknowledged' }).by).toBe('medical-director-1');
      whole(story);
    },
  ],
  [
    'while a crisis is open nothing but what is urgent reaches the patient, and a second one is a case of its own',
    'moderate-high',
    {
      people: [{ task: 'safety-decision', after: 'P2D' }],
      commands: [
        asks('report-crisis', when('discharge', 'PT1H'), { by: { role: 'chaperone', id: 'chaperone' } }),
        asks('report-crisis', when('discharge', 'PT2H'), { by: nurse }),
      ],
    },
    (story) => {
      expect(
        story
          .all('safety', { event: 'closed' })
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(['crisis-1', 'crisis-2']);
      const [placed] = story.all('hold', { event: 'placed' });
      const lifted = story.all('hold', { event: 'lifted' }).at(-1);
      const idle = story
        .all('message', { event: 'sent', to: 'patient' })
        .filter(({ at, class: kind }) => at > (placed?.at ?? '') && at < (lifted?.at ?? '') && kind !== 'safety');
      expect(idle).toEqual([]);
      for (const task of ['home-safe', 'next-day-check-in'] as const)
        expect(story.all('task', { task, event: 'decided' })).toHaveLength(1);
      whole(story);
    },
  ],
  [
    'a death ends everything at once, debts and all',
    'therapist-led',
    { commands: [asks('report-adverse-event', when('discharge', 'PT1H'), { by: coordinator, data: { grade: 5 } })] },
    (story) => {
      const { at } = story.one('command');
      expect(story.outcome).toBe('died');
      expect(story.one('debt', { event: 'waived' }).at).toBe(at);
      const said = story.all('message', { event: 'sent' }).filter((each) => each.at > at);
      expect(said.filter(({ to }) => to === 'patient' || to === 'chaperone')).toEqual([]);
    },
  ],
  [
    'a session that nobody came to is booked again at once; overdue it is waived by a clinician with a reason, and no dose comes before',
    'therapist-led',
    {
      people: [
        { task: 'record-integration', occurrence: 1, answer: 'no-show' },
        { task: 'book-appointment', after: 'P12D', occurrence: 3 },
        { task: 'integration-overdue', answer: 'waived', reason: 'seen elsewhere', after: 'P1D' },
      ],
    },
    (story) => {
      const missed = story.one('appointment', { appointment: 'integration', event: 'no-show' });
      const asked = story.all('task', { task: 'book-appointment', event: 'opened', at: missed.at });
      expect(asked).toHaveLength(1);
      const overdue = story.one('debt', { event: 'overdue' });
      expect(hoursBetween(story.all('dose', { event: 'ended' })[0] ?? '', overdue)).toBe(72);
      expect(story.one('debt', { event: 'waived' })).toMatchObject({ reason: 'seen elsewhere', by: 'therapist-1' });
      const [, second] = story.all('appointment', { appointment: 'dosing', event: 'booked' });
      expect((second?.at ?? '') > story.one('debt', { event: 'waived' }).at).toBe(true);
    },
  ],
  [
    'a dose that ends later than planned takes its session along, and the patient is told',
    'therapist-led',
    { people: [{ task: 'record-dose', occurrence: 1, after: 'PT4H' }] },
    (story) => {
      const [end] = story.all('dose', { event: 'ended' });
      const [moved] = story.all('appointment', { appointment: 'integration', event: 'moved' });
      expect(moved?.at).toBe(end?.at);
      const hours = hoursBetween(end ?? '', moved?.startsAt ?? '');
      expect(hours >= 24 && hours <= 72).toBe(true);
      expect(
        story.all('message', { message: 'time-changed', event: 'sent', appointmentId: moved?.id ?? '' }),
      ).toHaveLength(1);
      whole(story);
    },
  ],
  [
    'who has not said by the evening that they are home is called the same evening, and asked the next day all the same',
    'three-phase',
    { people: [{ task: 'home-safe', occurrence: 1, never: true }] },
    (story) => {
      const asked = story.all('task', { task: 'home-safe', occurrence: 1 });
      expect(asked.map(({ event, local }) => `${event} ${local.slice(11, 16)}`).slice(1)).toEqual([
        'nudged 20:00',
        'expired 21:00',
      ]);
      const call = story.all('task', { task: 'call-patient' });
      expect(call.map(({ event, role }) => `${event} ${role}`)).toEqual(['opened on-call', 'decided on-call']);
      expect(hoursBetween(asked.at(-1) ?? '', call[1] ?? '')).toBeLessThan(1);
      const [end] = story.all('dose', { event: 'ended' });
      const [next] = story.all('task', { task: 'next-day-check-in', event: 'opened' });
      expect(hoursBetween(end ?? '', next ?? '')).toBeLessThanOrEqual(32);
      whole(story);
    },
  ],
  [
    'a partner who declines and one who stays silent leave the patient to the clinic’s own therapist',
    'moderate-high',
    {
      people: [
        { task: 'partner-offer', occurrence: 1, answer: 'declined' },
        { task: 'partner-offer', occurrence: 2, never: true },
      ],
    },
    (story) => {
      expect(story.all('handoff').map(({ event }) => event)).toEqual([
        'offered',
        'declined',
        'offered',
        'silent',
        'exhausted',
      ]);
      expect(story.all('appointment', { appointment: 'integration', event: 'attended' })[0]?.practitioners).toEqual([
        'therapist-1',
      ]);
      whole(story);
    },
  ],
  ...(['moderate-high', 'northwest-iv'] as const).map(
    (program): Told => [
      'where nobody is free, a coordinator places the patient, or they are transferred',
      program,
      {
        patient: { consents: { shareWithPartner: false } },
        clinic: {
          practitioners: [{ id: 'therapist-1', licence: { number: 'x', state: 'WA', expiresOn: '2026-01-01' } }],
        },
      },
      (story) => {
        expect(kinds(story, 'place-patient')).toEqual(['opened', 'decided']);
        expect(story.outcome).toBe('transferred');
      },
    ],
  ),
  [
    'a task that nobody answers is nudged when due and climbs to who answers it, and a patient’s becomes a call',
    'therapist-led',
    {
      people: [
        { task: 'psychological-clearance', never: true },
        { task: 'sign-consents', occurrence: 1, never: true },
      ],
    },
    (story) => {
      const task = 'psychological-clearance';
      expect(kinds(story, task)).toEqual(['opened', 'nudged', 'escalated', 'decided']);
      const [opened, nudged, , decided] = story.all('task', { task });
      expect([nudged?.at, decided?.by]).toEqual([opened?.dueAt, 'medical-director-1']);
      expect(story.all('task', { task: 'sign-consents' }).map(({ event }) => event)).toEqual([
        'opened',
        'nudged',
        'expired',
        'opened',
        'decided',
      ]);
      whole(story);
    },
  ],
  [
    'over the change of clocks reminders keep their wall time, in Spanish and in another zone than the clinic’s',
    'two-then-extend',
    { start: '2026-10-12T09:00:00-07:00', patient: { language: 'es', zone: 'America/New_York' } },
    (story) => {
      const times = story.all('message', { message: 'day-before', event: 'sent' }).map(({ local }) => local.slice(11));
      expect(new Set(times)).toEqual(new Set(['16:30 EDT', '16:30 EST']));
      for (const { local } of story.all('message', { event: 'sent', to: 'patient' }))
        expect(local.slice(11, 16) >= '08:00' && local.slice(11, 16) < '21:00').toBe(true);
      expect(story.all('message', { message: 'welcome', event: 'sent' })[0]?.text).toMatch(/Hola/);
      whole(story);
    },
  ],
  [
    'everybody with something to do has one digest on the mornings on which they work',
    'therapist-led',
    { people: [{ task: 'medical-clearance', after: 'P9D' }] },
    (story) => {
      const sent = story.all('message', { message: 'digest', event: 'sent' });
      expect(sent.length).toBeGreaterThan(3);
      const days = sent.map(({ person, local }) => `${person} ${local.slice(0, 10)}`);
      expect(new Set(days).size).toBe(days.length);
      for (const { text } of sent) expect(text).not.toMatch(/Alex|ketamine|dose|PHQ/i);
    },
  ],
  ...(['northwest-iv', 'therapist-led'] as const).map(
    (program): Told => [
      'nobody of the clinic is written to on its days off, nor a practice on a Saturday, but for pages',
      program,
      {
        start: '2026-03-04T09:00:00-08:00',
        clinic: { holidays: ['2026-03-05', '2026-03-09', '2026-03-10'] },
        people: [{ task: 'medical-clearance', after: 'P1DT20H' }],
        commands: [asks('report-crisis', { at: '2026-03-09T10:00:00-07:00' }, { by: coordinator })],
      },
      (story) => {
        const off = ['2026-03-05', '2026-03-09', '2026-03-10'];
        const sent = story.all('message', { event: 'sent' }).filter(({ to }) => to === 'staff' || to === 'partner');
        const amiss = sent.filter(({ at, local, message, person }) => {
          if (message === 'page') return false;
          return person.startsWith('partner-') || /therapist-\d\d/.test(person)
            ? [0, 6].includes(new Date(at).getUTCDay())
            : off.includes(local.slice(0, 10));
        });
        expect(amiss.map(({ local, message, person }) => `${local} ${message} ${person}`)).toEqual([]);
        expect(sent.some(({ local, message }) => message === 'page' && local.startsWith('2026-03-09'))).toBe(true);
        whole(story);
      },
    ],
  ),
];

test.each(TOLD)('%s (%s)', async (_sentence, program, scenario, shows) => {
  shows(await tell({ program, ...scenario }));
});
