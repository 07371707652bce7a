import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const coordinator = { role: 'coordinator', id: 'coordinator-1' };
const patient = { role: 'patient', id: 'patient' };

describe('a dose that is moved', () => {
  test('takes its integration along, and everybody who knew the old time is told the new one', async () => {
    const story = await tell({
      commands: [
        {
          after: 'booked-dose',
          occurrence: 2,
          plus: 'PT1H',
          command: 'reschedule-appointment',
          by: coordinator,
          data: { appointment: 'dosing', startsAt: { shift: 'P1D' } },
        },
      ],
    });
    const dosing = story.one('appointment', { appointment: 'dosing', event: 'moved' });
    const integration = story.one('appointment', { appointment: 'integration', event: 'moved' });
    expect(dosing).toMatchObject({ occurrence: 2, revision: 2, cycle: 2 });
    expect(integration).toMatchObject({ revision: 2, cycle: 2, at: dosing.at });
    expect(hoursBetween(dosing.startsAt, integration.startsAt) - 1.75).toBeGreaterThanOrEqual(24);
    expect(
      story.all('message', { message: 'time-changed', event: 'sent' }).map(({ appointmentId }) => appointmentId),
    ).toEqual([dosing.id, integration.id]);
    const stale = story
      .all('message', { event: 'sent', appointmentId: dosing.id })
      .filter(({ at, revision, class: kind }) => at > dosing.at && kind === 'reminder' && revision === 1);
    expect(stale).toEqual([]);
    expect(story.all('task', { task: 'dosing-day-check', event: 'opened' })[1]?.at).toBe(dosing.startsAt);
    expect(story.outcome).toBe('completed');
  });

  test('earlier than planned wakes whoever waits for it', async () => {
    const story = await tell({
      commands: [
        {
          after: 'booked-dose',
          occurrence: 2,
          plus: 'PT1H',
          command: 'reschedule-appointment',
          by: coordinator,
          data: { appointment: 'dosing', startsAt: { shift: '-P1D' } },
        },
      ],
      start: '2026-03-04T09:00:00-08:00',
    });
    const [answer] = story.all('command');
    if (answer?.accepted) {
      const moved = story.one('appointment', { appointment: 'dosing', event: 'moved' });
      expect(story.all('task', { task: 'dosing-day-check', event: 'opened' })[1]?.at).toBe(moved.startsAt);
    } else expect(answer?.reason).toBeTruthy();
    expect(story.outcome).toBe('completed');
  });

  test('to a day whose window holds no therapist is refused, and nothing changes', async () => {
    const story = await tell({
      commands: [
        {
          after: 'booked-dose',
          occurrence: 1,
          plus: 'PT1H',
          command: 'reschedule-appointment',
          by: coordinator,
          data: { appointment: 'dosing', startsAt: '2026-03-13T10:00:00-07:00' },
        },
      ],
    });
    const command = story.one('command', { command: 'reschedule-appointment' });
    expect(command).toMatchObject({ accepted: false });
    expect(command.reason).toContain('integration-window');
    expect(story.all('appointment', { event: 'moved' })).toEqual([]);
  });

  test('is refused to those whose it is not', async () => {
    const story = await tell({
      commands: [
        {
          after: 'booked-dose',
          occurrence: 1,
          plus: 'PT1H',
          command: 'reschedule-appointment',
          by: { role: 'therapist', id: 'therapist-21' },
          data: { appointment: 'integration' },
        },
        {
          after: 'booked-dose',
          occurrence: 1,
          plus: 'PT1H',
          command: 'mark-no-show',
          by: patient,
          data: { appointment: 'dosing' },
        },
      ],
    });
    expect(story.all('command').map(({ accepted }) => accepted)).toEqual([false, false]);
  });
});

describe('an integration that does not take place', () => {
  test('is rebooked at once inside the window after a no-show', async () => {
    const story = await tell({
      people: [
        { task: 'record-integration', occurrence: 2, answer: 'no-show' },
        { task: 'book-appointment', occurrence: 3, after: 'PT30M' },
      ],
    });
    const missed = story.one('appointment', { appointment: 'integration', event: 'no-show' });
    const book = story.all('task', { task: 'book-appointment', event: 'opened' })[2];
    expect(book?.at).toBe(missed.at);
    expect(story.all('debt', { event: 'overdue' })).toEqual([]);
    const [attended] = story.all('appointment', { appointment: 'integration', event: 'attended', cycle: 2 });
    const [end] = story.all('dose', { event: 'ended', cycle: 2 });
    expect(attended && end && hoursBetween(end.at, attended.startsAt)).toBeLessThanOrEqual(48);
    expect(story.outcome).toBe('completed');
  });

  test('becomes overdue when its window closes, and a clinician may waive it with a reason', async () => {
    const story = await tell({
      people: [
        { task: 'record-integration', occurrence: 2, answer: 'no-show' },
        { task: 'book-appointment', occurrence: 3, never: true },
        { task: 'book-appointment', occurrence: 3, role: 'nurse', never: true },
        { task: 'book-appointment', occurrence: 3, role: 'medical-director', never: true },
        { task: 'integration-overdue', answer: 'waived', reason: 'seen by their own therapist' },
      ],
    });
    const overdue = story.one('debt', { event: 'overdue' });
    const [end] = story.all('dose', { event: 'ended', cycle: 2 });
    expect(end && hoursBetween(end.at, overdue.at)).toBe(48);
    expect(story.one('task', { task: 'integration-overdue', event: 'opened' }).at).toBe(overdue.at);
    expect(story.one('debt', { event: 'waived' })).toMatchObject({ cycle: 2, reason: 'seen by their own therapist' });
    const third = story.all('appointment', { appointment: 'dosing', event: 'booked' })[2];
    expect(third && third.at > story.one('debt', { event: 'waived' }).at).toBe(true);
  });

  test('after its window is still done, and no dose comes before it', async () => {
    const story = await tell({
      people: [
        { task: 'record-integration', occurrence: 2, answer: 'no-show' },
        { task: 'book-appointment', occurrence: 3, after: 'P2D' },
        { task: 'integration-overdue', occurrence: 1, answer: 'rebooked', after: 'P4D' },
      ],
    });
    const [settled] = story.all('debt', { event: 'settled', cycle: 2 });
    const [third] = story.all('dose', { event: 'started', cycle: 3 });
    expect(settled && third && settled.at < third.at).toBe(true);
    expect(story.all('debt', { event: 'overdue' })).toHaveLength(1);
  });

  test('cancelled by the patient is booked again at once', async () => {
    const story = await tell({
      commands: [
        {
          after: 'discharge',
          occurrence: 2,
          plus: 'PT1H',
          command: 'cancel-appointment',
          by: patient,
          data: { appointment: 'integration' },
        },
      ],
    });
    const cancelled = story.one('appointment', { appointment: 'integration', event: 'cancelled' });
    expect(story.all('task', { task: 'book-appointment', event: 'opened' })[2]?.at).toBe(cancelled.at);
    expect(story.all('debt', { event: 'settled' })).toHaveLength(6);
  });
});

describe('a withdrawal', () => {
  test('in the middle of the series still offers the owed integration, then says goodbye', async () => {
    const story = await tell({
      commands: [
        { after: 'dose', occurrence: 3, plus: 'PT5H', command: 'withdraw', by: patient, reason: 'moving away' },
      ],
    });
    expect(story.outcome).toBe('withdrawn');
    expect(story.reason).toBe('moving away');
    expect(story.all('debt', { event: 'settled' })).toHaveLength(3);
    expect(story.all('task', { task: 'next-day-check-in', event: 'decided' })).toHaveLength(3);
    const goodbye = story.one('message', { message: 'goodbye', event: 'sent' });
    const [settled] = story.all('debt', { event: 'settled', cycle: 3 });
    expect(settled && goodbye.at >= settled.at).toBe(true);
    expect(story.all('dose', { event: 'started' })).toHaveLength(3);
  });

  test('on the dosing day, during observation, leaves the discharge and the way home in place', async () => {
    const story = await tell({
      commands: [{ after: 'dose', occurrence: 2, plus: 'PT10M', command: 'withdraw', by: patient }],
    });
    expect(story.all('task', { task: 'discharge', event: 'decided' })).toHaveLength(2);
    expect(story.all('task', { task: 'home-safe', event: 'decided' })).toHaveLength(2);
    expect(story.outcome).toBe('withdrawn');
  });

  test('with a dose booked cancels the pair with notice', async () => {
    const story = await tell({
      commands: [{ after: 'booked-dose', occurrence: 3, plus: 'PT5H', command: 'withdraw', by: patient }],
    });
    expect(story.all('appointment', { event: 'cancelled' }).map(({ appointment }) => appointment)).toEqual([
      'dosing',
      'integration',
    ]);
    expect(story.all('message', { message: 'appointment-cancelled', event: 'sent' }).length).toBeGreaterThan(0);
  });

  test('after the outcome is refused, and the outcome stays the last word', async () => {
    const story = await tell({
      people: [{ task: 'fit-decision', answer: 'not-fit' }],
      commands: [{ at: '2026-03-03T12:00:30-08:00', command: 'withdraw', by: patient }],
    });
    expect(story.all('command')).toEqual([]);
    expect(story.outcome).toBe('not-a-fit');
  });
});

describe('tasks that nobody answers', () => {
  test('are nudged when due, climb the ladder, and the next rung answers', async () => {
    const story = await tell({ people: [{ task: 'medical-clearance', never: true }] });
    const events = story.all('task', { task: 'medical-clearance' });
    expect(events.map(({ event }) => event)).toEqual(['opened', 'nudged', 'escalated', 'decided']);
    expect(events[1]?.at).toBe(events[0]?.dueAt);
    expect(events[3]).toMatchObject({ by: 'medical-director-1', answer: 'cleared' });
    expect(story.outcome).toBe('completed');
  });

  test('a patient’s expires into a call, and once reached they are asked again', async () => {
    const story = await tell({ people: [{ task: 'sign-consents', occurrence: 1, never: true }] });
    const signing = story
      .all('task', { task: 'sign-consents' })
      .map(({ event, occurrence }) => `${event} ${occurrence}`);
    expect(signing).toEqual(['opened 1', 'nudged 1', 'expired 1', 'opened 2', 'decided 2']);
    expect(story.all('task', { task: 'call-patient', event: 'decided' })[0]).toMatchObject({ answer: 'reached' });
    expect(story.outcome).toBe('completed');
  });

  test('a patient who does not say that they are home is called', async () => {
    const story = await tell({ people: [{ task: 'home-safe', occurrence: 1, never: true }] });
    const expired = story.one('task', { task: 'home-safe', event: 'expired' });
    expect(story.all('task', { task: 'call-patient', event: 'opened' })[0]?.at).toBe(expired.at);
    expect(story.outcome).toBe('completed');
  });

  test('a patient who does not say that they are home, and does not answer the call, is seen to at once and not called days later', async () => {
    const story = await tell({
      people: [
        { task: 'home-safe', occurrence: 1, never: true },
        { task: 'call-patient', occurrence: 1, answer: 'not-reached' },
      ],
    });
    const called = story.one('task', { task: 'call-patient', event: 'decided' });
    expect(story.one('safety', { event: 'opened' })).toMatchObject({ at: called.at, type: 'adverse-event' });
    expect(story.one('safety', { event: 'paged' }).at).toBe(called.at);
    expect(story.one('safety', { event: 'closed' }).at > called.at).toBe(true);
    expect(story.outcome).toBe('completed');
  });
});

describe('the calendar', () => {
  test('a Friday dose is never proposed, since its window holds no therapist of the partner', async () => {
    for (const start of ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']) {
      const story = await tell({ start: `${start}T09:00:00-08:00` });
      const days = story
        .all('appointment', { appointment: 'dosing', event: 'booked' })
        .map(({ startsAt }) => new Date(startsAt).getUTCDay());
      expect(days).not.toContain(5);
      expect(story.outcome).toBe('completed');
    }
  });

  test('a Friday dose asked for by name is refused with the reason', async () => {
    const story = await tell({
      people: [{ task: 'book-pair', occurrence: 1, data: { dosing: { startsAt: '2026-03-13T10:00:00-07:00' } } }],
    });
    expect(story.remarks.join()).not.toBe('x');
    const days = story
      .all('appointment', { appointment: 'dosing', event: 'booked' })
      .map(({ startsAt }) => new Date(startsAt).getUTCDay());
    expect(days).not.toContain(5);
  });

  test.each([
    ['spring', '2026-02-23T09:00:00-08:00'],
    ['autumn', '2026-10-05T09:00:00-07:00'],
  ])('over the %s change of clocks every reminder keeps its wall time', async (_season, start) => {
    const story = await tell({ start });
    const times = new Set(
      story.all('message', { message: 'day-before', event: 'sent' }).map(({ local }) => local.slice(11, 16)),
    );
    expect([...times]).toEqual(['16:30']);
    expect(new Set(story.all('message', { event: 'sent' }).map(({ local }) => local.slice(17))).size).toBe(2);
    expect(story.outcome).toBe('completed');
  });

  test('a patient far away is written to by day on their own clock', async () => {
    const story = await tell({ patient: { zone: 'Asia/Tokyo' } });
    for (const { local, message } of story.all('message', { event: 'sent', to: 'patient' }))
      expect([message, local.slice(11, 16) >= '08:00' && local.slice(11, 16) < '21:00']).toEqual([message, true]);
  });
});

describe('What the response is compared with', () => {
  test.each([
    ['a form of the two weeks before the first dose', {}, 0],
    ['no older one: without a baseline a clinician looks', { task: 'book-pair', occurrence: 1, after: 'P20D' }, 1],
  ])('is %s', async (_what, late, reviews) => {
    const story = await tell({ people: 'task' in late ? [late] : [] });
    expect(story.all('task', { task: 'response-review', event: 'decided' })).toHaveLength(reviews);
  });
});

describe('the dosing day', () => {
  test('a high reading is put to the provider, and without their agreement today’s pair is cancelled without a debt', async () => {
    const story = await tell({ people: [{ task: 'dosing-day-check', occurrence: 2, data: { sbp: 150 } }] });
    expect(story.all('gate', { gate: 'dosing-day', result: 'hold' }).length).toBeGreaterThan(0);
    expect(story.all('task', { task: 'gate-review', event: 'decided' })[0]).toMatchObject({
      role: 'provider',
      answer: 'not-overridden',
    });
    expect(story.all('debt', { event: 'owed' })).toHaveLength(6);
    expect(story.outcome).toBe('completed');
  });

  test('with their agreement the dose goes on, and the override says who and why', async () => {
    const story = await tell({
      people: [
        { task: 'dosing-day-check', occurrence: 2, data: { sbp: 150 } },
        { task: 'gate-review', answer: 'overridden', reason: 'usual for this patient', after: 'PT5M' },
      ],
    });
    const overridden = story
      .all('gate', { gate: 'dosing-day', result: 'pass' })
      .flatMap(({ checks }) => checks.filter(({ result }) => result === 'overridden'));
    expect(overridden).toMatchObject([{ id: 'DD-09', by: ['provider-1'], reason: 'usual for this patient' }]);
  });

  test('substances in the last day block it without override', async () => {
    const story = await tell({ people: [{ task: 'dosing-day-check', occurrence: 1, data: { substances24h: true } }] });
    expect(story.all('gate', { gate: 'dosing-day', result: 'block' })).toHaveLength(1);
    expect(story.all('task', { task: 'gate-review' })).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test('an aborted dose owes its integration and counts toward the series', async () => {
    const story = await tell({ people: [{ task: 'record-dose', occurrence: 2, answer: 'aborted' }] });
    expect(story.one('dose', { event: 'aborted' }).cycle).toBe(2);
    expect(story.all('debt', { event: 'settled' })).toHaveLength(6);
    expect(story.all('dose', { event: 'started' })).toHaveLength(6);
  });

  test.each([
    ['northwest-iv', 48],
    ['moderate-high', 72],
  ])(
    'a session that nobody records is overdue once its window and the time for its record are over (%s)',
    async (program, hours) => {
      const story = await tell({ program, people: [{ task: 'record-integration', occurrence: 1, never: true }] });
      const ended = story.one('dose', { event: 'ended', cycle: 1 });
      const recordDue = story.all('task', { task: 'record-integration', event: 'opened' })[0]?.dueAt;
      const overdue = story.one('debt', { event: 'overdue', cycle: 1 });
      expect(hoursBetween(ended, overdue)).toBe(Math.max(hours, hoursBetween(ended, recordDue ?? '')));
      expect(hoursBetween(overdue, story.one('debt', { event: 'settled', cycle: 1 }))).toBeGreaterThan(0);
      expect(story.outcome).toBe('completed');
    },
  );

  test('a patient who does not come is noted, the pair is cancelled and booked again', async () => {
    const story = await tell({
      people: [{ task: 'dosing-day-check', occurrence: 2, never: true }],
      commands: [
        {
          after: 'integration',
          occurrence: 1,
          plus: 'P6D',
          command: 'mark-no-show',
          by: coordinator,
          data: { appointment: 'dosing' },
        },
      ],
    });
    const accepted = story.one('command', { command: 'mark-no-show' }).accepted;
    if (accepted) expect(story.one('appointment', { appointment: 'dosing', event: 'no-show' }).cycle).toBe(2);
    expect(story.all('debt', { event: 'owed' })).toHaveLength(6);
    expect(story.outcome).toBe('completed');
  });

  test('a patient who needs help on the evening reaches the clinician on call', async () => {
    const story = await tell({ people: [{ task: 'home-safe', occurrence: 2, answer: 'need-help' }] });
    expect(story.one('safety', { event: 'acknowledged' }).by).toBeTruthy();
    expect(story.one('safety', { event: 'closed' })).toBeTruthy();
  });
});

describe('telephones and mailboxes that fail', () => {
  test('an undelivered text goes out by e-mail', async () => {
    const story = await tell({ patient: { mobile: 'undelivered' } });
    const failed = story.all('message', { event: 'failed', channel: 'sms', to: 'patient' });
    expect(failed.length).toBeGreaterThan(0);
    for (const { message, occurrence } of failed)
      expect(
        story.all('message', { message, occurrence, to: 'patient', attempt: 2, channel: 'email', event: 'sent' })
          .length,
      ).toBeGreaterThan(0);
  });

  test('where nothing gets through, a person calls for what must not be lost', async () => {
    const story = await tell({ patient: { mobile: 'undelivered', email: 'bounces' } });
    expect(story.all('task', { task: 'call-patient', event: 'opened' }).length).toBeGreaterThan(6);
    expect(story.outcome).toBe('completed');
  });

  test('a patient without mobile and e-mail is called from the start, and nothing is skipped in silence', async () => {
    const story = await tell({ patient: { mobile: 'none', email: 'none' } });
    expect(story.all('task', { task: 'call-patient', event: 'opened' })[0]?.local).toContain('2026-03-02 09:00');
    expect(story.all('message', { event: 'sent', to: 'patient' })).toEqual([]);
    for (const { reason } of story.all('message', { event: 'skipped', to: 'patient' }))
      expect(reason).toBe('no-channel');
  });

  test('a patient who reads Spanish is written to in Spanish', async () => {
    const story = await tell({ patient: { language: 'es' } });
    expect(story.all('message', { message: 'welcome', event: 'sent' })[0]?.text).toMatch(/Hola/);
  });
});

describe('A patient who comes to no integration', () => {
  test('is offered another three times, and then has left: the debt is waived with the reason, and nothing more is booked', async () => {
    const story = await tell({ people: [{ task: 'record-integration', answer: 'no-show' }] });
    expect(story.all('appointment', { appointment: 'integration', event: 'no-show' }).length).toBe(4);
    expect(story.outcome).toBe('withdrawn');
    expect(story.one('debt', { event: 'waived' }).reason).toBe('integration no-show for the fourth time');
    expect(story.all('dose', { event: 'started' }).length).toBe(1);
  });
});

describe('Liver tests', () => {
  const many = 'programs/published/esk-trd.json';

  test('are asked for before a further dose once six were given, and again by time', async () => {
    const story = await tell({ program: many });
    const asked = story.all('task', { task: 'liver-test', event: 'opened' });
    const begun = asked.map(({ at }) => story.all('dose', { event: 'started' }).filter((dose) => dose.at < at).length);
    expect(asked[0]?.role).toBe('provider');
    expect(begun[0]).toBe(6);
    expect(story.outcome).toBe('completed');
  });

  test('are asked for before the first dose where the screening had none', async () => {
    const story = await tell({ patient: { facts: { alt_ast_x_uln: null } } });
    const asked = story.one('task', { task: 'liver-test', event: 'opened' });
    expect(asked.at < (story.all('dose', { event: 'started' })[0]?.at ?? '')).toBe(true);
  });

  test('that are raised hold the series until the provider has cleared the patient anew', async () => {
    const story = await tell({
      patient: { facts: { alt_ast_x_uln: null } },
      people: [{ task: 'liver-test', data: { altAstXUln: 3.1 } }],
    });
    expect(story.all('screening')).toHaveLength(2);
    expect(story.one('task', { task: 'screening-review', event: 'decided' }).role).toBe('provider');
    expect(story.all('task', { task: 'medical-clearance', event: 'decided' })).toHaveLength(2);
    expect(story.outcome).toBe('completed');
  });
});

describe('The summary at the end', () => {
  test('is not signed while something that completes a journey is open, unless with a reason', async () => {
    const open = { task: 'outcome-summary', role: 'therapist', data: { done: ['discharge-measures'] } };
    const refused = await tell({ people: [open] });
    const decided = refused.one('task', { task: 'outcome-summary', event: 'decided' });
    expect(decided.by?.startsWith('therapist')).toBe(false);
    const reasoned = await tell({ people: [{ ...open, reason: 'the patient wants no further visit' }] });
    expect(reasoned.one('task', { task: 'outcome-summary', event: 'decided' }).reason).toBe(
      'the patient wants no further visit',
    );
  });
});
