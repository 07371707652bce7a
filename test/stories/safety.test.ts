import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const nurse = { role: 'nurse', id: 'nurse-1' };
const event = (grade: number, plus = 'PT5H') => ({
  after: 'booked-dose',
  occurrence: 2,
  plus,
  command: 'report-adverse-event',
  by: nurse,
  data: { grade, description: 'as reported' },
});

describe('An adverse event', () => {
  test.each([1, 2])(
    'of grade %i is recorded and reviewed by the provider before the next dose, without a hold',
    async (grade) => {
      const story = await tell({ commands: [event(grade)] });
      expect(story.all('safety').map(({ event: what }) => what)).toEqual(['opened', 'decided', 'closed']);
      expect(story.all('hold')).toEqual([]);
      expect(story.all('message', { message: 'page' })).toEqual([]);
      const [second] = story.all('dose', { event: 'started', cycle: 2 });
      expect(second && second.at > story.one('safety', { event: 'closed' }).at).toBe(true);
    },
  );

  test('that nobody has reviewed stops the dose of the day', async () => {
    const story = await tell({ people: [{ task: 'safety-decision', after: 'P8D' }], commands: [event(2)] });
    const held = story.all('gate', { gate: 'dosing-day', result: 'hold' }).flatMap(({ checks }) => checks);
    expect(held.filter(({ result }) => result === 'hold').map(({ id }) => id)).toContain('DD-17');
    const [second] = story.all('dose', { event: 'started', cycle: 2 });
    expect(second && second.at > story.one('safety', { event: 'decided' }).at).toBe(true);
  });

  test('that the provider finds worse than mild holds the series and is followed up', async () => {
    const story = await tell({
      people: [{ task: 'safety-decision', occurrence: 1, answer: 'hold' }],
      commands: [event(2)],
    });
    expect(story.all('safety').map(({ event: what }) => what)).toEqual([
      'opened',
      'decided',
      'hold',
      'followed-up',
      'decided',
      'followed-up',
      'closed',
    ]);
    expect(story.outcome).toBe('completed');
  });

  test.each([3, 4])(
    'of grade %i pages at once, holds the series and is followed up within 24 to 72 hours',
    async (grade) => {
      const story = await tell({ commands: [event(grade)] });
      const opened = story.one('safety', { event: 'opened' });
      expect(story.one('hold', { event: 'placed' }).at).toBe(opened.at);
      expect(story.all('safety', { event: 'paged' })[0]?.at).toBe(opened.at);
      const after = hoursBetween(
        story.one('safety', { event: 'decided' }),
        story.one('safety', { event: 'followed-up' }),
      );
      expect(after).toBeGreaterThanOrEqual(24);
      expect(after).toBeLessThanOrEqual(72);
      expect(story.outcome).toBe('completed');
    },
  );

  test('that a clinician takes as a reason to stop ends the journey as stopped', async () => {
    const story = await tell({ people: [{ task: 'safety-decision', answer: 'stop' }], commands: [event(3)] });
    expect(story.outcome).toBe('stopped-medically');
  });

  test('without a grade from 1 to 5 is no report', async () => {
    const read = tell({ commands: [{ ...event(3), data: { grade: 6 } }] });
    await expect(read).rejects.toThrow('grade');
  });
});

describe.each([
  ['northwest-iv', 2],
  ['therapist-led', 1],
] as const)('A follow-up that reaches nobody on %s', (program, occurrence) => {
  const crisis = [{ after: 'booked-dose', occurrence, plus: 'PT5H', command: 'report-crisis' }];
  const tried = (story: Awaited<ReturnType<typeof tell>>) =>
    story.all('task', { task: 'safety-follow-up', event: 'decided' });

  test('is tried again inside its 72 hours, and only the one that reaches them closes the event', async () => {
    const people = [{ task: 'safety-follow-up', occurrence: 1, answer: 'not-reached' }];
    const story = await tell({ program, people, commands: crisis });
    expect(tried(story).map(({ answer }) => answer)).toEqual(['not-reached', 'done']);
    const [first, second] = tried(story);
    const followed = story.one('safety', { event: 'followed-up' });
    expect(followed).toMatchObject({ at: second?.at, by: second?.by });
    expect(first && first.at < followed.at).toBe(true);
    expect(hoursBetween(story.one('safety', { event: 'decided' }), followed)).toBeLessThanOrEqual(72);
    expect(story.one('safety', { event: 'closed' }).at).toBe(followed.at);
    expect(story.outcome).toBe('completed');
  });

  test('again and again is the medical director’s, who answers for what was done instead', async () => {
    const people = [{ task: 'safety-follow-up', answer: 'not-reached' }];
    const story = await tell({ program, people, commands: crisis });
    const last = tried(story).at(-1);
    expect(last).toMatchObject({ role: 'medical-director', by: 'medical-director-1' });
    expect(tried(story).length).toBeGreaterThan(1);
    expect(story.one('safety', { event: 'followed-up' })).toMatchObject({ at: last?.at, by: 'medical-director-1' });
    const asked = story.all('task', { task: 'safety-follow-up', event: 'opened' }).at(-1);
    expect(hoursBetween(story.one('safety', { event: 'decided' }), asked ?? '')).toBeLessThanOrEqual(72);
  });
});

test('The hold of a crisis is decided on by any licensed clinician', async () => {
  const by = { task: 'safety-decision', role: 'provider', by: 'nurse-1' };
  const crisis = { after: 'booked-dose', occurrence: 1, plus: 'PT5H', command: 'report-crisis' };
  const story = await tell({ program: 'three-phase', people: [by], commands: [crisis] });
  expect(story.one('safety', { event: 'decided' }).by).toBe('nurse-1');
  const other = await tell({ people: [by], commands: [event(3)] });
  expect(other.one('safety', { event: 'decided' }).by).not.toBe('nurse-1');
});

describe('A death', () => {
  test.each([
    ['on the first day', { after: 'request', plus: 'PT1H' }],
    ['after a dose', { after: 'discharge', occurrence: 2, plus: 'PT1H' }],
    ['during a dose', { after: 'booked-dose', occurrence: 1, plus: 'P3DT15H' }],
    ['during the follow-ups', { after: 'series', plus: 'P40D' }],
  ])(
    '%s ends everything but what has to be reported: not a word more to the patient or the chaperone',
    async (_when, when) => {
      const story = await tell({
        commands: [{ ...when, command: 'report-adverse-event', by: { role: 'coordinator' }, data: { grade: 5 } }],
      });
      const { at } = story.one('command');
      expect(story.outcome).toBe('died');
      const reports = story.all('task', { task: 'regulatory-report', event: 'decided' });
      expect(hoursBetween(reports.at(-1) ?? '', story.result.end)).toBeLessThan(1);
      const later = story
        .all('message', { event: 'sent' })
        .filter((each) => each.at > at && (each.to === 'patient' || each.to === 'chaperone'));
      expect(later).toEqual([]);
      const owed = story.all('debt', { event: 'owed' }).length;
      expect(story.all('debt').filter(({ event: what }) => what === 'settled' || what === 'waived')).toHaveLength(owed);
      expect(story.all('safety', { event: 'acknowledged' })).toHaveLength(1);
      expect(story.all('task', { task: 'safety-follow-up' })).toEqual([]);
    },
  );

  test.each([
    ['mild', 2, 1],
    ['severe', 4, 2],
  ])(
    'still ends everything when something %s is reported of the patient afterwards',
    async (_how, grade, acknowledged) => {
      const story = await tell({
        commands: [
          { after: 'dose', plus: 'PT1H', command: 'report-adverse-event', by: { role: 'nurse' }, data: { grade: 5 } },
          { after: 'dose', plus: 'PT1H', command: 'report-adverse-event', by: { role: 'nurse' }, data: { grade } },
        ],
      });
      expect(story.outcome).toBe('died');
      expect(story.all('safety', { event: 'closed' })).toHaveLength(2);
      expect(story.all('safety', { event: 'acknowledged' })).toHaveLength(acknowledged);
      expect(story.all('task', { task: 'safety-decision', event: 'opened' })).toEqual([]);
    },
  );

  test('comes before an ending that was under way', async () => {
    const story = await tell({
      commands: [
        { after: 'dose', plus: 'PT1H', command: 'withdraw' },
        { after: 'dose', plus: 'PT2H', command: 'report-adverse-event', data: { grade: 5 } },
      ],
    });
    expect(story.outcome).toBe('died');
  });
});

describe('A crisis', () => {
  test('while another is open opens its own: two people are paged for two events, and each is closed for itself', async () => {
    const story = await tell({
      commands: [
        { after: 'booked-dose', occurrence: 2, plus: 'PT5H', command: 'report-crisis', by: { role: 'chaperone' } },
        { after: 'booked-dose', occurrence: 2, plus: 'PT5H3M', command: 'report-crisis', by: nurse },
      ],
    });
    const closed = story.all('safety', { event: 'closed' }).map(({ id }) => id);
    expect(closed.toSorted()).toEqual(['crisis-1', 'crisis-2']);
    expect(story.all('safety', { event: 'acknowledged' })).toHaveLength(2);
    expect(story.all('message', { message: 'crisis-information', event: 'sent' })).toHaveLength(2);
    expect(story.outcome).toBe('completed');
  });

  test('at night is told to the patient and paged at once', async () => {
    const story = await tell({
      commands: [{ after: 'integration', occurrence: 2, plus: 'PT14H', command: 'report-crisis' }],
    });
    const opened = story.one('safety', { event: 'opened' });
    expect(opened.local).toMatch(/ 02:00 /);
    expect(story.one('message', { message: 'crisis-information', event: 'sent' }).at).toBe(opened.at);
    expect(story.one('safety', { event: 'acknowledged' }).at > opened.at).toBe(true);
  });

  test.each([
    ['has no telephone and no e-mail', { mobile: 'none', email: 'none' }],
    ['is reached by neither text nor e-mail', { mobile: 'undelivered', email: 'bounces' }],
  ])(
    'of a patient who %s is a call that a clinician makes at once, at night and at the weekend too',
    async (_who, patient) => {
      const story = await tell({
        patient,
        commands: [{ at: '2026-03-14T23:30:00-07:00', command: 'report-crisis', by: { role: 'chaperone' } }],
      });
      const { at } = story.one('safety', { event: 'opened' });
      const call = story.all('task', { task: 'call-patient', event: 'opened' }).find((each) => each.at >= at);
      expect(call?.role).toBe('on-call');
      expect(hoursBetween(at, call?.dueAt ?? '')).toBeLessThan(1);
      expect(hoursBetween(at, story.one('task', { id: call?.id ?? '', event: 'decided' }).at)).toBeLessThan(1);
    },
  );

  test('whose hold a clinician keeps is decided again after the follow-up', async () => {
    const story = await tell({
      people: [{ task: 'safety-decision', occurrence: 1, answer: 'hold' }],
      commands: [{ after: 'booked-dose', occurrence: 2, plus: 'PT5H', command: 'report-crisis' }],
    });
    expect(story.all('safety', { event: 'decided' })).toHaveLength(2);
    expect(
      story.one('hold', { event: 'lifted' }).at >= (story.all('safety', { event: 'followed-up' })[0]?.at ?? ''),
    ).toBe(true);
  });

  test.each([
    ['by a clinician who ends it', [{ task: 'safety-decision', answer: 'stop' }], [], 'closed', 'decline'],
    [
      'by the patient, who leaves in the middle of it',
      [],
      [{ after: 'plan', plus: 'PT2H', command: 'withdraw', by: { role: 'patient' } }],
      'decided',
      'goodbye',
    ],
  ] as const)(
    'in which the journey ends, %s, keeps its last words back until somebody has seen to the patient, and no longer',
    async (_how, people, commands, event, message) => {
      const story = await tell({
        people,
        commands: [{ after: 'plan', plus: 'PT1H', command: 'report-crisis', by: { role: 'patient' } }, ...commands],
      });
      const said = story.one('message', { message, event: 'sent' });
      expect(said.at).toBe(story.one('safety', { event }).at);
      expect(story.all('message', { message, event: 'skipped' })).toEqual([]);
    },
  );

  test('leaves alone what it does not concern: discharge, home and safe, the next day', async () => {
    const story = await tell({
      commands: [{ after: 'dose', occurrence: 2, plus: 'PT10M', command: 'report-crisis', by: nurse }],
    });
    for (const task of ['discharge', 'home-safe', 'next-day-check-in'] as const)
      expect(story.all('task', { task, event: 'decided' })).toHaveLength(6);
    expect(story.outcome).toBe('completed');
  });
});
