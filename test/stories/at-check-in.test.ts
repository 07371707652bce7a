import { describe, expect, test } from 'vitest';
import { hoursBetween, tell } from '../support/story.ts';

const no = { q1: false, q2: false, q3: false, q4: false, q5: false, q6: false };
const urgent = { cssrs: { ...no, q1: true, q2: true, q3: true, q4: true } };
const moderate = { cssrs: { ...no, q1: true, q2: true, q3: true } };

const firstDay = (answer: string, data: object, more: object[] = []) =>
  tell({ people: [{ task: 'dosing-day-check', occurrence: 1, answer, data }, ...more] });

const firstBooked = (story: Awaited<ReturnType<typeof tell>>, occurrence: number) =>
  story.one('appointment', { appointment: 'dosing', event: 'booked', occurrence });

describe('Answers at check-in that call for help', () => {
  test.each([
    ['plans of suicide, and the nurse calls the day off', 'cancel-today', urgent],
    ['plans of suicide, and the nurse waits', 'hold', urgent],
    ['plans of suicide, and the nurse goes on', 'proceed', urgent],
    ['chest pain, and the nurse calls the day off', 'cancel-today', { symptoms: ['chest pain'] }],
    ['an emergency of blood pressure, and the nurse waits', 'hold', { sbp: 180, dbp: 120 }],
  ])('%s: somebody is paged at once, and nothing is booked until it is decided', async (_case, answer, data) => {
    const story = await firstDay(answer, data);
    const check = story.one('task', { task: 'dosing-day-check', event: 'decided', occurrence: 1 });
    const opened = story.one('safety', { event: 'opened', type: 'crisis' });
    expect(opened.at).toBe(check.at);
    expect(story.one('message', { message: 'crisis-information', event: 'sent' }).at).toBe(check.at);
    const decided = story.one('safety', { event: 'decided' });
    expect(hoursBetween(decided, firstBooked(story, 2))).toBeGreaterThan(0);
  });

  test('pressure that is only high opens no crisis when the nurse calls the day off', async () => {
    const story = await firstDay('cancel-today', { sbp: 179, dbp: 119 });
    expect(story.all('safety')).toEqual([]);
  });
});

describe('Moderate answers about suicide', () => {
  test('at check-in the prescriber sees the patient, and after a no the regimen is thought over the same day', async () => {
    const story = await firstDay('proceed', moderate);
    expect(story.one('task', { task: 'gate-review', event: 'decided' })).toMatchObject({
      role: 'provider',
      answer: 'not-overridden',
    });
    const hold = story.one('hold', { reason: 'sign-suicidality', event: 'placed' });
    const review = story.one('task', { task: 'response-review', event: 'opened' });
    expect(review.at).toBe(hold.at);
    expect(new Date(review.dueAt ?? '').toISOString().slice(0, 10)).toBe(
      new Date(Date.parse(review.at) + 6 * 3_600_000).toISOString().slice(0, 10),
    );
    const lifted = story.one('hold', { reason: 'sign-suicidality', event: 'lifted' });
    expect(hoursBetween(lifted, firstBooked(story, 2))).toBeGreaterThan(0);
  });

  test('the prescriber who has seen the patient may let them go on', async () => {
    const story = await firstDay('proceed', moderate, [
      { task: 'gate-review', occurrence: 1, answer: 'overridden', reason: 'seen, safe plan made', after: 'PT5M' },
    ]);
    const [gate] = story.all('gate', { gate: 'pre-dose' });
    expect(gate?.result).toBe('pass');
    expect(gate?.checks.find(({ id }) => id === 'DD-07')).toMatchObject({ result: 'overridden', by: ['provider-1'] });
  });

  test('on the next day they hold the next dose until a clinician has seen the patient that day', async () => {
    const story = await tell({
      people: [{ task: 'next-day-check-in', occurrence: 1, answer: 'well', data: moderate }],
    });
    const lifted = story.one('hold', { reason: 'sign-suicidality', event: 'lifted' });
    const review = story.one('task', { task: 'response-review', event: 'opened' });
    expect(hoursBetween(review, review.dueAt ?? '')).toBeLessThan(12);
    expect(hoursBetween(lifted, firstBooked(story, 2))).toBeGreaterThan(0);
  });
});

describe('What is news at check-in', () => {
  const unbooked = async (data: object, facts = {}) =>
    tell({ patient: { facts }, people: [{ task: 'dosing-day-check', occurrence: 1, data }] });

  test('a new medicine that interacts is reviewed and cleared before another day is booked', async () => {
    const story = await unbooked({ newMedicines: ['maoi'] });
    expect(story.all('screening').at(-1)?.reasons).toContain('MED_MAOI');
    const cleared = story.all('task', { task: 'medical-clearance', event: 'decided' });
    expect(cleared).toHaveLength(2);
    expect(hoursBetween(cleared[1] ?? '', firstBooked(story, 2))).toBeGreaterThan(0);
  });

  test('a positive test is the medical director’s to decide', async () => {
    const facts = { pregnancy_potential: true, pregnancy_status: 'negative' };
    const story = await unbooked({ pregnancyTest: 'positive' }, facts);
    expect(story.all('screening').at(-1)?.reasons).toContain('PREGNANT');
    expect(story.one('task', { task: 'screening-review', event: 'opened' }).role).toBe('medical-director');
  });

  test('what the prescriber lets pass for the day is still screened before the next dose', async () => {
    const story = await firstDay('proceed', { newMedicines: ['maoi'] }, [
      { task: 'gate-review', occurrence: 1, answer: 'overridden', reason: 'one tablet, long ago', after: 'PT5M' },
    ]);
    expect(story.one('dose', { event: 'started', cycle: 1 }).at).toBe(story.all('screening').at(-1)?.at);
    const cleared = story.all('task', { task: 'medical-clearance', event: 'decided' })[1];
    expect(hoursBetween(cleared ?? '', firstBooked(story, 2))).toBeGreaterThan(0);
  });

  test('a medicine that changes nothing is noted, and the clearance stands', async () => {
    const story = await unbooked({ newMedicines: ['lamotrigine'] });
    expect(story.all('screening').at(-1)?.notes).toContain('MED_LAMOTRIGINE');
    expect(story.all('task', { task: 'medical-clearance', event: 'decided' })).toHaveLength(1);
  });

  test('a new urinary symptom holds the next dose until the prescriber has looked', async () => {
    const story = await unbooked({ symptoms: ['urinary pain'] });
    expect(story.all('hold', { reason: 'sign-urinary' }).map(({ event }) => event)).toEqual(['placed', 'lifted']);
  });
});

describe('What is recorded after the dose', () => {
  test.each([
    ['ended before it began', { startedAt: '2026-03-09T16:45:00Z', endedAt: '2026-03-09T16:15:00Z' }],
    ['began in the future', { startedAt: '2026-03-10T16:45:00Z' }],
  ])('a dose that %s is not recorded so', async (_case, data) => {
    const story = await tell({ people: [{ task: 'record-dose', occurrence: 1, data }] });
    expect(story.remarks.join()).toContain('was refused: startedAt is');
    const [started, ended] = story.all('dose', { cycle: 1 });
    expect(hoursBetween(started ?? '', ended ?? '')).toBe(1.5);
  });

  test.each([
    ['discharged', 2],
    ['left-against-advice', 1],
  ])('plans of suicide at the end are a crisis, %s or not', async (answer, asked) => {
    const story = await tell({ people: [{ task: 'discharge', occurrence: 1, answer, data: urgent }] });
    const first = story.one('task', { task: 'discharge', event: 'decided', occurrence: 1 });
    expect(story.one('safety', { event: 'opened', type: 'crisis' }).at).toBe(first.at);
    const attended = story.one('appointment', { appointment: 'dosing', event: 'attended', occurrence: 1 });
    expect(attended.at).toBe(
      story.all('task', { task: 'discharge', event: 'decided' }).find(({ occurrence }) => occurrence === asked)?.at,
    );
  });
});
