import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const patient = { role: 'patient', id: 'patient' };
const pause = (after: string, plus: string, occurrence = 1) => ({
  after,
  occurrence,
  plus,
  command: 'pause',
  by: patient,
});
const resume = (after: string, plus: string, occurrence = 1) => ({
  after,
  occurrence,
  plus,
  command: 'resume',
  by: patient,
});

/** What a paused patient may still get: that it is so, that a visit is called off, and what safety and an owed session need. */
const MAY_COME = new Set(['pause', 'appointment-cancelled', 'home-safe', 'check-in', 'stop-confirmation']);

describe('A pause', () => {
  test.each([
    ['right after the request', 'request', 'PT10M', 'P2D'],
    ['after the consult', 'consult', 'PT1H', 'P20D'],
    ['while clearances are asked for', 'screening', 'PT1M', 'P3D'],
    ['while the plan is signed', 'clearance', 'PT1H', 'P10D'],
    ['before the preparation', 'plan', 'PT1H', 'P10D'],
    ['between two doses', 'integration', 'PT1H', 'P30D'],
    ['during the follow-ups', 'series', 'P40D', 'P60D'],
  ])('%s ends the main line, and the journey goes on where it was when it is over', async (_when, after, from, to) => {
    const story = await tell({ commands: [pause(after, from), resume(after, to)] });
    const [start, end] = [story.one('command', { command: 'pause' }), story.one('command', { command: 'resume' })];
    expect([start.accepted, end.accepted]).toEqual([true, true]);
    const quiet = story.entries.filter(({ at }) => at > start.at && at < end.at);
    expect(quiet.filter((entry) => entry.kind === 'appointment' && entry.event === 'booked')).toEqual([]);
    for (const entry of quiet)
      if (entry.kind === 'message' && entry.event === 'sent' && entry.to === 'patient')
        expect(MAY_COME).toContain(entry.message);
    const running = story.result.executions.filter(
      ({ machine, startedAt, endedAt }) =>
        ['intake', 'cycle', 'completion'].includes(machine) && startedAt < end.at && (endedAt ?? '') > end.at,
    );
    expect(running).toEqual([]);
    expect(story.outcome).toBe('completed');
    expect(story.all('dose', { event: 'started' })).toHaveLength(6);
  });

  test('calls the booked pair off with notice, and the next is booked when it is over', async () => {
    const story = await tell({
      commands: [pause('booked-dose', 'P4D', 2), resume('booked-dose', 'P14D', 2)],
    });
    const at = story.one('command', { command: 'pause' }).at;
    expect(story.all('appointment', { event: 'cancelled', at }).map(({ appointment }) => appointment)).toEqual([
      'dosing',
      'integration',
    ]);
    const told = story.all('message', { message: 'appointment-cancelled', event: 'sent', to: 'patient' });
    expect(told).toHaveLength(2);
    const again = story.all('appointment', { appointment: 'dosing', event: 'booked', cycle: 2 })[1];
    expect(again && again.at > story.one('command', { command: 'resume' }).at).toBe(true);
    expect(story.outcome).toBe('completed');
  });

  test('lets run on what a given dose owes', async () => {
    const story = await tell({ commands: [pause('discharge', 'PT1H', 2), resume('discharge', 'P20D', 2)] });
    const [start, end] = [
      story.one('command', { command: 'pause' }).at,
      story.one('command', { command: 'resume' }).at,
    ];
    const within = (entry: { at: string } | undefined) => entry !== undefined && entry.at > start && entry.at < end;
    expect(within(story.all('debt', { cycle: 2, event: 'settled' })[0])).toBe(true);
    expect(story.all('task', { task: 'home-safe', event: 'decided' }).filter(within)).toHaveLength(1);
    expect(story.all('task', { task: 'next-day-check-in', event: 'decided' }).filter(within)).toHaveLength(1);
    expect(story.all('hold').map(({ event, reason }) => `${event} ${reason}`)).toEqual([
      'placed paused',
      'lifted paused',
    ]);
  });

  test('that ends before the owed session did not stop anything', async () => {
    const story = await tell({ commands: [pause('discharge', 'PT1H', 2), resume('discharge', 'PT3H', 2)] });
    expect(story.outcome).toBe('completed');
    expect(story.all('dose', { event: 'started' })).toHaveLength(6);
  });

  test('leaves no burst of old messages behind: one word, the next time, and what is due then', async () => {
    const story = await tell({ commands: [pause('booked-dose', 'PT1H', 2), resume('booked-dose', 'P100D', 2)] });
    const { at } = story.one('command', { command: 'resume' });
    const hour = new Date(Date.parse(at) + 3_600_000).toISOString();
    const sent = story
      .all('message', { event: 'sent', to: 'patient' })
      .filter((each) => each.at >= at && each.at < hour);
    expect(sent.map(({ message }) => message).toSorted()).toEqual(['form-request', 'resume']);
  });

  test('over two follow-ups makes up for both, and asks each questionnaire once', async () => {
    const story = await tell({ commands: [pause('series', 'P5D'), resume('series', 'P100D')] });
    const { at } = story.one('command', { command: 'resume' });
    const week = new Date(Date.parse(at) + 7 * 86_400_000).toISOString();
    const inTheWeek = (each: { at: string }) => each.at >= at && each.at < week;
    expect(story.all('task', { task: 'follow-up-contact', event: 'decided' }).filter(inTheWeek)).toHaveLength(2);
    expect(
      story
        .all('measure')
        .filter(inTheWeek)
        .map(({ measure }) => measure)
        .toSorted(),
    ).toEqual(['gad7', 'phq9']);
    expect(story.outcome).toBe('completed');
  });

  test('over which a clearance ended asks for it again before the next dose', async () => {
    const story = await tell({ commands: [pause('booked-dose', 'PT1H', 2), resume('booked-dose', 'P100D', 2)] });
    const { at } = story.one('command', { command: 'resume' });
    for (const task of ['medical-clearance', 'psychological-clearance'] as const) {
      const again = story.all('task', { task, event: 'opened' })[1];
      expect(again && again.at >= at).toBe(true);
    }
    expect(story.outcome).toBe('completed');
  });

  test('of 365 days ends the journey as withdrawn', async () => {
    const story = await tell({ commands: [pause('integration', 'PT1H', 2)] });
    expect(story.outcome).toBe('withdrawn');
    const days = (Date.parse(story.result.end) - Date.parse(story.one('command').at)) / 86_400_000;
    expect(Math.round(days)).toBe(365);
  });

  test('keeps a crisis apart: resuming lifts the pause alone', async () => {
    const story = await tell({
      people: [{ task: 'safety-decision', after: 'P5D' }],
      commands: [
        pause('integration', 'PT1H', 1),
        { after: 'integration', plus: 'PT2H', command: 'report-crisis', by: patient },
        resume('integration', 'P2D', 1),
      ],
    });
    const lifted = story.all('hold', { event: 'lifted' }).map(({ reason }) => reason);
    expect(lifted).toEqual(['paused', 'safety-crisis-1']);
    expect(story.outcome).toBe('completed');
  });

  test('is refused while one stands, and a resumption without one', async () => {
    const story = await tell({
      commands: [pause('fit', 'PT1H'), pause('fit', 'PT2H'), resume('fit', 'PT3H'), resume('fit', 'PT4H')],
    });
    expect(story.all('command').map(({ accepted }) => accepted)).toEqual([true, false, true, false]);
  });

  test('asks once what was begun in the very moment of the resumption, and nothing fails of it', async () => {
    const then = { after: 'integration', occurrence: 3, plus: 'P31D' };
    const story = await tell({
      program: 'three-phase',
      commands: [
        { ...then, command: 'replace-therapist', data: { therapist: 'therapist-21' } },
        pause('integration', 'PT0M', 3),
        { ...then, command: 'resume', by: patient },
      ],
    });
    expect(story.all('task', { task: 'resolve-failure' })).toEqual([]);
    expect(story.all('message', { message: 'partner-offer', event: 'sent' })).toHaveLength(1);
    expect(story.outcome).toBe('completed');
  });

  test('that takes a questionnaire back moves the next one with it: a week lies between the two that are asked', async () => {
    const story = await tell({
      program: 'two-then-extend',
      people: [{ task: 'answer-measure', after: 'PT6H' }],
      commands: [pause('dose', 'P1DT1H', 2), resume('dose', 'P3D', 2)],
    });
    const asked = story.all('task', { task: 'answer-measure', event: 'opened' });
    const ofWeek = (number: number) => asked.filter(({ id }) => id.startsWith(`answer-measure-phq9-week-${number}-`));
    expect(ofWeek(2)).toHaveLength(2);
    expect(hoursBetween(ofWeek(2)[1] ?? '', ofWeek(3)[0] ?? '')).toBe(7 * 24);
  });

  test('may end in a withdrawal', async () => {
    const story = await tell({
      commands: [
        pause('integration', 'PT1H', 2),
        { after: 'integration', occurrence: 2, plus: 'P9D', command: 'withdraw' },
      ],
    });
    expect(story.outcome).toBe('withdrawn');
    expect(story.all('message', { message: 'goodbye', event: 'sent' })).toHaveLength(1);
  });
});
