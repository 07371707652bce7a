import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysBetween, localDate } from '../../functions/domain/time/local.ts';
import { publishedFiles } from '../local/programs/published.ts';
import { tell } from '../support/story.ts';

type Story = Awaited<ReturnType<typeof tell>>;

const fileOf = (id: string): string => join(import.meta.dirname, `../../programs/published/${id}.json`);

/** Days of the calendar from each dose to the next. */
const gaps = (story: Story): number[] => {
  const days = story.all('dose', { event: 'started' }).map(({ at }) => localDate(at, 'America/Los_Angeles'));
  return days.slice(1).map((day, n) => daysBetween(days[n] ?? day, day));
};

/** What each protocol of the reference (section 3) says: doses, days between two of them, integration sessions for each. */
const PROTOCOLS: readonly (readonly [
  id: string,
  doses: number,
  gap: readonly [number, number],
  integrations: number,
])[] = [
  ['iv-acute-6', 6, [2, 7], 1],
  ['iv-maint-weekly4', 4, [7, 7], 1],
  // The next pair is booked once the integration is done: over a weekend that is one day more than the three of the trial.
  ['iv-ketect-max12', 9, [2, 4], 1],
  ['esk-trd', 16, [3, 14], 1],
  ['esk-mdd-si', 8, [3, 4], 1],
  ['kap-lozenge-2-then-6', 7, [14, 60], 1],
  ['kap-im-rct', 4, [7, 14], 1],
  ['kare-aud', 3, [7, 21], 2],
];

test('every published protocol is told here', () => {
  expect(PROTOCOLS.map(([id]) => `published/${id}.json`).toSorted()).toEqual(publishedFiles());
});

describe.each(PROTOCOLS)('a suitable patient on %s', (id, doses, [shortest, longest], integrations) => {
  let story: Story;
  beforeAll(async () => {
    story = await tell({ program: fileOf(id) });
  });

  test('completes it, and every invariant holds', () => {
    expect(story.outcome).toBe('completed');
    expect(story.remarks).toEqual([]);
  });

  test('has its doses as far apart as the protocol says', () => {
    expect(story.all('dose', { event: 'started' })).toHaveLength(doses);
    for (const gap of gaps(story)) {
      expect(gap).toBeGreaterThanOrEqual(shortest);
      expect(gap).toBeLessThanOrEqual(longest);
    }
  });

  test('has the integration of every dose', () => {
    expect(story.all('appointment', { appointment: 'integration', event: 'attended' })).toHaveLength(
      doses * integrations,
    );
    expect(story.all('debt', { event: 'overdue' })).toEqual([]);
  });
});

describe('the pace of a protocol', () => {
  test('of six infusions fits into 12 to 21 days', async () => {
    const course = gaps(await tell({ program: fileOf('iv-acute-6') })).reduce((sum, gap) => sum + gap, 0);
    expect(course).toBeGreaterThanOrEqual(12);
    expect(course).toBeLessThanOrEqual(21);
  });

  test('of esketamine is twice a week for four weeks, weekly for four, then as the clinician decided', async () => {
    const story = await tell({ program: fileOf('esk-trd') });
    const found = gaps(story);
    expect(found.slice(0, 7).every((gap) => gap === 3 || gap === 4)).toBe(true);
    expect(found.slice(7).every((gap) => gap >= 7)).toBe(true);
    const decisions = story.all('task', { task: 'next-step', event: 'decided' });
    expect(decisions).toHaveLength(3);
  });

  test('of lozenge sessions slows down for the maintenance, after the prescriber has seen the patient', async () => {
    const story = await tell({ program: fileOf('kap-lozenge-2-then-6') });
    expect(
      gaps(story)
        .slice(0, 5)
        .every((gap) => gap >= 14 && gap <= 28),
    ).toBe(true);
    expect(gaps(story).at(-1)).toBeGreaterThanOrEqual(30);
    const review = story.one('appointment', { appointment: 'provider-review', event: 'attended' });
    const [, second, third] = story.all('dose', { event: 'started' });
    expect(review.at > (second?.at ?? '') && review.at < (third?.at ?? '')).toBe(true);
  });
});

describe('what a protocol leaves to a clinician', () => {
  test('a fifth IM session', async () => {
    const story = await tell({
      program: fileOf('kap-im-rct'),
      people: [{ task: 'next-step', occurrence: 1, answer: 'extend', data: { doses: 1 } }],
    });
    expect(story.all('dose', { event: 'started' })).toHaveLength(5);
    expect(story.outcome).toBe('completed');
  });

  test('to stop at remission before the twelve infusions', async () => {
    const story = await tell({
      program: fileOf('iv-ketect-max12'),
      people: [{ task: 'next-step', occurrence: 2, answer: 'stop', reason: 'remission' }],
    });
    expect(story.all('dose', { event: 'started' })).toHaveLength(6);
    expect(story.outcome).toBe('completed');
  });

  test('somebody with a substance use disorder where the clinic is set up for it, and nowhere else', async () => {
    const patient = { facts: { indication: 'sud_support', sud: 'active_in_treatment' } };
    const program = fileOf('kare-aud');
    const equipped = await tell({ program, patient, clinic: { policy: { substanceUseCare: true } } });
    expect(equipped.one('task', { task: 'screening-review', event: 'opened' }).role).toBe('medical-director');
    expect(equipped.outcome).toBe('completed');
    const other = await tell({ program, patient, people: [{ task: 'screening-review', answer: 'decline' }] });
    expect(other.outcome).toBe('ineligible');
    expect(other.all('dose')).toEqual([]);
  });
});

test('no spray is given on a day on which the clinic is not certified for it', async () => {
  const story = await tell({
    program: fileOf('esk-mdd-si'),
    people: [{ task: 'dosing-day-check', occurrence: 1, data: { remsSiteCertified: false } }],
  });
  const [gate] = story.all('gate', { gate: 'dosing-day' });
  expect(gate?.checks).toContainEqual(expect.objectContaining({ id: 'DD-04', result: 'block' }));
  const day = gate?.local.slice(0, 'yyyy-mm-dd'.length);
  expect(story.all('dose').filter(({ local }) => local.startsWith(day ?? ''))).toEqual([]);
  expect(story.outcome).toBe('completed');
});
