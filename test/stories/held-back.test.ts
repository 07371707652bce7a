import { describe, expect, test } from 'vitest';
import { tell } from '../support/story.ts';

const PROGRAMS = ['northwest-iv', 'three-phase', 'two-then-extend', 'therapist-led', 'moderate-high'];
const before = (at: string | undefined, hours: number) =>
  new Date(Date.parse(at ?? '') - hours * 3_600_000).toISOString();

describe.each(PROGRAMS)('What a safety hold kept back in %s', (program) => {
  const crisisOnTheEve = async (decidedAfter: string) => {
    const plain = await tell({ program });
    const dosing = plain.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
    const evening = `${before(dosing?.startsAt, 24).slice(0, 10)}T22:00:00.000Z`;
    return tell({
      program,
      people: [{ task: 'safety-decision', after: decidedAfter }],
      commands: [{ at: evening, command: 'report-crisis', by: { role: 'therapist', id: 'therapist-1' } }],
    });
  };

  test('is said to patient and chaperone once the hold is lifted, while it is still of use', async () => {
    const story = await crisisOnTheEve('PT4H');
    const lifted = story.one('hold', { event: 'lifted' });
    for (const [message, person] of [
      ['day-before', 'patient'],
      ['ride-and-rest', 'patient'],
      ['chaperone-reminder', 'chaperone'],
    ] as const) {
      const first = story.all('message', { message, person, occurrence: 1 });
      expect(first.find(({ event }) => event === 'skipped')?.reason).toBe('hold');
      expect(first.filter(({ event }) => event === 'sent').map(({ at }) => at)).toEqual([lifted.at]);
    }
    expect(story.outcome).toBe('completed');
  });

  test('is not said when the dose did not take place meanwhile', async () => {
    const story = await crisisOnTheEve('PT30H');
    const lifted = story.one('hold', { event: 'lifted' });
    expect(story.all('appointment', { appointment: 'dosing', event: 'cancelled' }).length).toBe(1);
    expect(story.all('message', { at: lifted.at, event: 'sent', class: 'reminder' })).toEqual([]);
  });
});

test('one request covers all forms that waited for a hold to be lifted', async () => {
  const q = { q1: true, q2: true, q3: true, q4: true, q5: false, q6: false };
  const people = [{ task: 'dosing-day-check', occurrence: 2, data: { cssrs: q } }];
  const story = await tell({ program: 'two-then-extend', people });
  const held = story.all('message', { message: 'form-request', event: 'skipped', reason: 'hold' });
  expect(held.length).toBe(2);
  const lifted = story.one('hold', { event: 'lifted' }).at;
  expect(story.all('message', { message: 'form-request', event: 'sent', at: lifted }).length).toBe(1);
});

test('nobody is written to in a session: what would have come meanwhile comes when they are let go', async () => {
  const evening = [['17:30', '21:00']];
  const none = { tue: [], wed: [], thu: [], fri: [] };
  const story = await tell({
    clinic: {
      hours: { mon: [['09:00', '21:00']] },
      practitioners: [
        { id: 'nurse-1', hours: { mon: evening, ...none } },
        { id: 'provider-1', hours: { mon: [['09:00', '21:00']] } },
        { id: 'therapist-11', hours: { tue: [['09:00', '21:00']] } },
      ],
    },
    people: [{ task: 'next-step', answer: 'stop' }],
  });
  const begun = story.all('appointment', { appointment: 'dosing', event: 'checked-in' });
  const over = story.all('appointment', { appointment: 'dosing', event: 'attended' });
  expect(over).toHaveLength(3);
  const sent = story.all('message', { to: 'patient', event: 'sent' });
  for (const [n, { at }] of begun.entries()) {
    const end = over[n]?.at ?? '';
    expect(sent.filter((each) => each.at >= at && each.at < end).map(({ message }) => message)).toEqual([]);
    const waited = story.all('message', { event: 'skipped', reason: 'in-session' }).filter((each) => each.at < end);
    expect(waited.map(({ message }) => message).at(-1)).toBe('reminder');
    const said = sent.filter((each) => each.at === end && each.message === 'reminder');
    expect(said.map(({ appointmentId }) => appointmentId)).toEqual([waited.at(-1)?.appointmentId]);
  }
});
