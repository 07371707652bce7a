import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const PROGRAMS = ['northwest-iv', 'three-phase'];
const coordinator = { role: 'coordinator' };
const patient = { role: 'patient' };

describe.each(PROGRAMS)('What a patient reads: %s', (program) => {
  test.each([
    ['America/New_York', 'en', /visit (is booked for|on) \w{3}, \w{3} \d+, \d+:\d\d [AP]M E[SD]T at Main office/],
    [
      'Europe/London',
      'es',
      /cita (está reservada para el|del) \w{3}, \d+ \w{3}, \d\d:\d\d (GMT|GMT\+1) en Main office/,
    ],
  ])('a time says whose it is where the patient’s clock (%s) is not the clinic’s', async (zone, language, said) => {
    const story = await tell({ program, patient: { zone, language } });
    const named = ['booking-confirmation', 'reminder'];
    const texts = story
      .all('message', { event: 'sent', to: 'patient', appointmentId: 'dosing-1', channel: 'email' })
      .flatMap(({ message, text }) => (named.includes(message) ? [text] : []));
    expect(texts).not.toEqual([]);
    for (const text of texts) expect(text).toMatch(said);
    const [pickUp] = story.all('message', { event: 'sent', to: 'chaperone' });
    expect(pickUp?.text).toMatch(/:\d\d( [AP]M)? (E[SD]T|GMT|GMT\+1) /);
  });

  test('no time names a zone where both have the same clock', async () => {
    const story = await tell({ program, patient: { zone: 'America/Tijuana' } });
    expect(story.texts().filter((text) => /\b(P[SD]T|GMT)\b/.test(text))).toEqual([]);
  });

  test('who pauses with a follow-up visit owed reads that this visit stands', async () => {
    const story = await tell({
      program,
      commands: [
        { after: 'dose', occurrence: 1, plus: 'PT1H', command: 'pause', by: patient },
        { after: 'dose', occurrence: 1, plus: 'P20D', command: 'resume', by: patient },
        { after: 'dose', occurrence: 1, plus: 'P21D', command: 'pause', by: patient },
        { after: 'dose', occurrence: 1, plus: 'P22D', command: 'resume', by: patient },
      ],
    });
    const said = story.all('message', { message: 'pause', event: 'sent' }).map(({ text }) => text ?? '');
    expect(said.map((text) => text.includes('follow-up visit'))).toEqual([true, false]);
    const [kept] = story.all('appointment', { appointment: 'integration', event: 'attended' });
    const [first] = story.all('message', { message: 'pause', event: 'sent' });
    expect(hoursBetween(first ?? '', kept ?? '')).toBeLessThan(72);
  });
});

describe.each(PROGRAMS)('Who is called: %s', (program) => {
  test('a patient whose chaperone drops out on the evening before is called before the dose, not after', async () => {
    const plain = await tell({ program });
    const [dosing] = plain.all('appointment', { appointment: 'dosing', event: 'booked' });
    const evening = new Date(Date.parse(dosing?.startsAt ?? '') - 15 * 3_600_000).toISOString();
    const story = await tell({
      program,
      commands: [{ at: evening, command: 'change-chaperone', by: patient, data: { chaperone: 'none' } }],
    });
    const call = story.all('task', { task: 'call-patient', event: 'opened' })[0];
    expect(call?.at).toBe(evening);
    expect(call?.dueAt).toBe(dosing?.startsAt);
    const told = story.all('message', { message: 'chaperone-changed', to: 'chaperone', event: 'sent' })[0]?.text;
    expect(told).toContain('please do not come');
    expect(told).not.toContain('somebody else');
  });

  test('nobody is called on the next day to ask what the patient has answered', async () => {
    const story = await tell({ program, patient: { mobile: 'undelivered', email: 'bounces' } });
    const homes = story.all('task', { task: 'home-safe' });
    const first = homes.find(({ event }) => event === 'opened');
    const answered = homes.find(({ event }) => event === 'decided')?.at ?? '';
    const call = story
      .all('task', { task: 'call-patient', event: 'opened' })
      .find(({ dueAt }) => dueAt === first?.dueAt);
    expect(hoursBetween(first ?? '', call ?? '')).toBeLessThan(0.1);
    const after = story.all('task', { task: 'call-patient', id: call?.id ?? '' }).slice(1);
    expect(after.map(({ event, at }) => [event, at])).toEqual([['superseded', answered]]);
  });
});

describe('What a practice reads', () => {
  test.each(['northwest-iv', 'moderate-high'])(
    'names the patient as the offer did, and says what became of the care: %s',
    async (program) => {
      const when = { after: 'integration', occurrence: 1, plus: 'PT1H' };
      const replaced = await tell({
        program,
        commands: [{ ...when, command: 'replace-therapist', by: coordinator, data: { therapist: 'therapist-21' } }],
      });
      const offers = replaced.all('message', { message: 'partner-offer', event: 'sent' });
      const [, reference = '?'] = /Reference (\S+)\. /.exec(offers[0]?.text ?? '') ?? [];
      const gone = replaced.one('message', { message: 'partner-withdrawn', event: 'sent' });
      expect([gone.person, gone.text]).toEqual([
        'partner-1',
        expect.stringContaining(`${reference} is no longer in your care`),
      ]);
      const moved = await tell({ program, commands: [{ ...when, command: 'transfer-care', by: coordinator }] });
      const told = moved.one('message', { message: 'partner-continuation', event: 'sent' });
      expect(told.text).toContain(reference);
      expect(told.text).toContain('Our part');
      expect(moved.outcome).toBe('transferred');
    },
  );
});

test('a visit on the same day is confirmed by text before e-mail', async () => {
  const people = [{ task: 'record-integration', occurrence: 1, answer: 'cancelled' }];
  const story = await tell({ program: 'two-then-extend', people });
  const again = story.all('appointment', { appointment: 'integration', event: 'booked' })[1];
  expect(hoursBetween(again ?? '', again?.startsAt ?? '')).toBeLessThan(12);
  const told = story.one('message', { message: 'booking-confirmation', appointmentId: again?.id ?? '', event: 'sent' });
  expect([told.channel, told.at]).toEqual(['sms', again?.at]);
});
