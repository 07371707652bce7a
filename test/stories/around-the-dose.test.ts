import { beforeAll, describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

type Story = Awaited<ReturnType<typeof tell>>;
const patient = { role: 'patient', id: 'patient' };
const coordinator = { role: 'coordinator', id: 'coordinator-1' };
const hoursAfter = (at: string, hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString();

/** With one session a dose and with two; with the practice's therapist and with the clinic's own. */
describe.each(['northwest-iv', 'moderate-high', 'therapist-led'])('On %s,', (program) => {
  let plain: Story;
  beforeAll(async () => {
    plain = await tell({ program });
  });

  test.each(['called off by the patient', 'whose therapist is away from now on'])(
    'an integration that is lost before the patient has left, %s, is to be booked at once, and keeps nobody in the clinic',
    async (how) => {
      const booked = plain.all('appointment', { appointment: 'integration', event: 'booked' })[0];
      const away = {
        practitioner: booked?.practitioners[0],
        from: booked?.startsAt,
        to: hoursAfter(booked?.endsAt ?? '', 240),
      };
      const command = how.startsWith('called')
        ? { command: 'cancel-appointment', by: patient, data: { appointment: 'integration' } }
        : { command: 'practitioner-absent', by: coordinator, data: away };
      const story = await tell({ program, commands: [{ after: 'dose', plus: 'PT20M', ...command }] });
      const { at, accepted } = story.one('command');
      expect(accepted).toBe(true);
      expect(story.all('appointment', { appointment: 'integration', event: 'cancelled' })[0]?.at).toBe(at);
      expect(story.all('task', { task: 'book-appointment', event: 'opened' }).map((task) => task.at)).toContain(at);
      const left = (told: Story) => told.all('task', { task: 'discharge', event: 'decided' })[0]?.at;
      expect(left(story)).toBe(left(plain));
      for (const each of story.all('appointment', { appointment: 'integration', event: 'booked' }))
        expect(hoursBetween(each, each.startsAt)).toBeGreaterThanOrEqual(1);
      const closed = story.all('debt').filter(({ event }) => event === 'settled' || event === 'waived');
      expect(closed.length).toBe(story.all('debt', { event: 'owed' }).length);
    },
  );

  test('an integration that nobody came to while the dose is still to be recorded is to be booked at once, and keeps nobody in the clinic', async () => {
    const integration = plain.all('appointment', { appointment: 'integration', event: 'booked' })[0];
    const missed = { command: 'mark-no-show', by: coordinator, data: { appointment: 'integration' } };
    const { one, all, outcome } = await tell({
      program,
      people: [{ task: 'record-dose', occurrence: 1, after: 'P9D' }],
      commands: [{ at: hoursAfter(integration?.startsAt ?? '', 100), ...missed }],
    });
    const { at, accepted } = one('command');
    expect(accepted).toBe(true);
    expect(all('task', { task: 'book-appointment', event: 'opened' }).map((task) => task.at)).toContain(at);
    const [ended] = all('dose', { event: 'ended' });
    const [left] = all('task', { task: 'discharge', event: 'decided' });
    expect(hoursBetween(ended ?? '', left ?? '')).toBeLessThan(4);
    expect(outcome).toBe('completed');
  });

  test.each(['withdraw', 'transfer-care'])(
    'who leaves at night, by %s, is told in the morning what is called off, and goodbye',
    async (command) => {
      const dose = plain.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
      const night = `${dose?.local.slice(0, 10)}T23:30:00-08:00`;
      const by = command === 'withdraw' ? patient : coordinator;
      const story = await tell({ program, commands: [{ at: night, command, by }] });
      const { at } = story.one('command');
      const gone = story.all('appointment', { event: 'cancelled', at });
      expect(gone.map(({ appointment }) => appointment)).toEqual(['dosing', 'integration']);
      const told = story.all('message', { message: 'appointment-cancelled', event: 'sent', to: 'patient' });
      expect(told.map(({ appointmentId }) => appointmentId)).toEqual(gone.map(({ id }) => id));
      for (const message of told) expect(message.local.slice(11, 16)).toBe('08:00');
      expect(story.one('message', { message: 'goodbye', event: 'sent' }).local.slice(11, 16)).toBe('08:00');
    },
  );

  test.each([
    ['called off on the day', 'report-crisis', {}],
    ['nobody came to', 'mark-no-show', { appointment: 'dosing' }],
  ])(
    'whoever was to come for the end of a dose that was %s is told that they need not',
    async (_how, command, data) => {
      const dose = plain.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
      const at = hoursAfter(dose?.startsAt ?? '', 0.2);
      const people = [{ task: 'dosing-day-check', occurrence: 1, after: 'PT30M' }];
      const story = await tell({ program, people, commands: [{ at, command, by: coordinator, data }] });
      expect(story.one('command').accepted).toBe(true);
      const told = story.all('message', { to: 'chaperone', message: 'appointment-cancelled', event: 'sent' });
      expect(told.map(({ appointmentId }) => appointmentId)).toEqual([dose?.id]);
      expect((told[0]?.at ?? '') < (dose?.endsAt ?? '')).toBe(true);
      expect(story.outcome).toBe('completed');
    },
  );

  test('a dose that is moved while a pressure rests is asked about on its new day, and nothing fails', async () => {
    const dose = plain.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
    const people = [{ task: 'dosing-day-check', occurrence: 1, data: { sbp: 150 } }];
    const move = { command: 'reschedule-appointment', by: patient, data: { appointment: 'dosing' } };
    const story = await tell({ program, people, commands: [{ at: hoursAfter(dose?.startsAt ?? '', 0.65), ...move }] });
    const [moved] = story.all('appointment', { appointment: 'dosing', event: 'moved' });
    expect((moved?.startsAt ?? '') > (dose?.startsAt ?? '')).toBe(true);
    const asked = story.all('task', { task: 'dosing-day-check', event: 'opened' }).map(({ at }) => at);
    expect(asked).toContain(moved?.startsAt);
    expect(story.all('task', { task: 'resolve-failure' })).toEqual([]);
    expect(story.outcome).toBe('completed');
  });

  test('who asks for another time without naming one gets the next after the one that they have', async () => {
    const move = { after: 'booked-dose', plus: 'PT1H', command: 'reschedule-appointment', by: patient };
    const story = await tell({ program, commands: [{ ...move, data: { appointment: 'dosing' } }] });
    for (const { id, startsAt } of story.all('appointment', { event: 'moved' })) {
      const [booked] = story.all('appointment', { id, event: 'booked' });
      if (id === 'dosing-1') expect(startsAt > (booked?.startsAt ?? '')).toBe(true);
    }
    expect(story.all('message', { message: 'time-changed', event: 'sent', appointmentId: 'dosing-1' })).not.toEqual([]);
  });

  test('a death during the dose is its end', async () => {
    const [begun] = plain.all('dose', { event: 'started' });
    const died = { command: 'report-adverse-event', by: coordinator, data: { grade: 5 } };
    const story = await tell({ program, commands: [{ at: hoursAfter(begun?.at ?? '', 0.4), ...died }] });
    expect(story.one('dose', { event: 'aborted' }).at).toBe(story.one('command').at);
    expect(story.one('debt', { event: 'waived' }).at).toBe(story.one('command').at);
    expect(story.outcome).toBe('died');
  });

  test('who moves to another zone after leaving at night is still told what is called off', async () => {
    const dose = plain.all('appointment', { appointment: 'dosing', event: 'booked' })[0];
    const night = (minute: string) => `${dose?.local.slice(0, 10)}T23:${minute}:00-08:00`;
    const zone = { command: 'change-contact', by: patient, data: { zone: 'America/New_York' } };
    const commands = [
      { at: night('30'), command: 'withdraw', by: patient },
      { at: night('40'), ...zone },
    ];
    const story = await tell({ program, commands });
    const told = story.all('message', { message: 'appointment-cancelled', event: 'sent', to: 'patient' });
    expect(told).toHaveLength(2);
    for (const { local } of told) expect(local).toMatch(/ (08|09|1\d|20):\d\d E/);
    expect(story.all('message', { message: 'goodbye', event: 'sent' })).toHaveLength(1);
  });
});
