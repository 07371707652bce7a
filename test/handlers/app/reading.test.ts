import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../../functions/contracts/api/operations.ts';
import { keysOf } from '../../../functions/domain/names.ts';
import { type ServedClinic, servedClinic, type Who } from '../../support/served-clinic.ts';

const GOAL = 'sleep-through-the-night-again';
let served: ServedClinic;
/** A patient in the middle of the series, with a therapist of a partner practice; one with a therapist of the clinic; one who has just asked. */
let ann: string;
let cara: string;
let ben: string;

beforeAll(async () => {
  served = await servedClinic();
  ann = await served.patient({ id: 'ann', days: 20, fit: { goals: [GOAL] } });
  cara = await served.patient({ id: 'cara', days: 12, scenario: { program: 'therapist-led' }, fit: { goals: [GOAL] } });
  ben = await served.patient({ id: 'ben', days: 1, fit: { goals: [GOAL] } });
}, 60_000);
afterAll(() => served.close());

/** Every path that can be read about a journey. */
const readable = async (journeyId: string): Promise<string[]> => {
  const { body } = await served.get('provider', `/v1/journeys/${journeyId}/tasks`);
  const numbers: number[] = body.items.map(({ number }: { number: number }) => number);
  return keysOf(OPERATIONS).flatMap((name) => {
    const { method, path } = OPERATIONS[name];
    if (method !== 'get' || !path.includes('{journeyId}')) return [];
    const at = path.replace('{journeyId}', journeyId).replace('{appointmentId}', 'consult-1');
    return at.includes('{number}') ? numbers.map((number) => at.replace('{number}', String(number))) : [at];
  });
};

/** What no one may read who has no part in the treatment: the patient's own words, answers, scores, readings, and what tasks are about. */
const CLINICAL = [
  GOAL,
  'phq9',
  'gad7',
  '"sbp"',
  '"disposition"',
  '"answer":"cleared"',
  'moderately-severe',
  '"overrides"',
];

const everythingFor = async (who: Who): Promise<string> => {
  const lists = ['/v1/journeys?limit=100', '/v1/tasks?limit=100', '/v1/appointments?date=2026-03-09'];
  const paths = [...lists, ...(await readable(ann)), ...(await readable(cara)), ...(await readable(ben))];
  const texts: string[] = [];
  for (const path of paths) texts.push((await served.get(who, path)).text);
  return texts.join('\n');
};

describe('what is clinical', () => {
  test('is there for the provider, so that leaving it out means something', async () => {
    const all = await everythingFor('provider');
    expect(CLINICAL.filter((words) => !all.includes(words))).toEqual([]);
  });

  test.each<[string, Who]>([
    ['the front desk', 'coordinator'],
    ['a partner practice', 'partner'],
    ['a therapist of a partner practice', 'therapist:therapist-12:partner-1'],
    ['a therapist who treats neither', 'therapist:therapist-99'],
    ['another patient', 'patient:somebody-else'],
    ['a chaperone', 'chaperone'],
  ])('reaches %s nowhere', async (_case, who) => {
    const all = await everythingFor(who);
    expect(CLINICAL.filter((words) => all.includes(words))).toEqual([]);
  });

  test('the front desk knows how to reach the patient, and a partner does not know a patient who is not theirs', async () => {
    const desk = await served.get('coordinator', `/v1/journeys/${ann}`);
    expect(desk.body).toMatchObject({
      id: ann,
      clinical: null,
      contact: { firstName: 'Alex', mobile: '+12065550123' },
    });
    for (const path of await readable(cara)) expect([403, 404]).toContain((await served.get('partner', path)).status);
  });

  test.each<[string, Who, string[]]>([
    ['the front desk', 'coordinator', ['ann', 'ben', 'cara']],
    ['a practice', 'partner', ['ann']],
    ['a patient', 'patient:ben', ['ben']],
  ])(
    '%s sees the names of those whom they may reach, once each, and whose name it is',
    async (_case, who, expected) => {
      const asked = [ann, ben, cara, ann, 'jnobody'].join(',');
      const { status, body } = await served.get(who, `/v1/names?journeys=${asked}`);
      expect(status).toBe(200);
      const all = { ann, ben, cara };
      const journeys = Object.entries(all).filter(([name]) => expected.includes(name));
      expect(body.items).toEqual(journeys.map(([, journeyId]) => ({ journeyId, firstName: 'Alex' })));
    },
  );

  test.each(['', `${'j1,'.repeat(100)}j1`, '../j1', 'j1,,j2'])('names of "%s" are not asked for', async (asked) => {
    const { status, body } = await served.get('coordinator', `/v1/names?journeys=${encodeURIComponent(asked)}`);
    expect([status, body.errors[0].path]).toEqual([400, 'query.journeys']);
  });

  test('patients read their own record, and of another’s journey not even that it is there', async () => {
    expect((await served.get('patient:ann', `/v1/journeys/${ann}/record`)).body.fit.goals).toEqual([GOAL]);
    expect((await served.get('patient:ann', '/v1/journeys')).body.items).toMatchObject([{ id: ann }]);
    const other = await served.get('patient:ann', `/v1/journeys/${ben}`);
    const none = await served.get('patient:ann', '/v1/journeys/jnobody');
    expect([other.status, other.body]).toEqual([404, none.body]);
  });

  test('a therapist sees the readings of a session no longer than its times, a nurse does', async () => {
    const own = await served.get('therapist', `/v1/journeys/${cara}/cycles`);
    const nurse = await served.get('nurse', `/v1/journeys/${cara}/cycles`);
    expect(own.body.items[0]).toMatchObject({ startedAt: nurse.body.items[0].startedAt, check: null });
    expect(nurse.body.items[0].check).toMatchObject({ sbp: expect.any(Number) });
  });

  test('and of the answers that are the record of a session, that there was one and by whom', async () => {
    const { items } = (await served.get('nurse', `/v1/journeys/${cara}/tasks`)).body;
    const { number } = items.find(
      (each: { kind: string; state: string }) => each.kind === 'discharge' && each.state === 'decided',
    );
    const path = `/v1/journeys/${cara}/tasks/${number}`;
    const nurse = await served.get('nurse', path);
    expect(Object.keys(nurse.body.clinical.data)).not.toEqual([]);
    expect((await served.get('therapist', path)).body.clinical).toEqual({ ...nurse.body.clinical, data: {} });
  });
});

describe('a look at the clinical record', () => {
  const reads = async (): Promise<{ by: { id: string }; operation: string }[]> => {
    const { body } = await served.get('medical-director', `/v1/journeys/${ann}/audit?order=newest&limit=20`);
    return body.items.filter(({ kind }: { kind: string }) => kind === 'read');
  };

  test.each([
    ['get-journey', ''],
    ['get-record', '/record'],
    ['list-cycles', '/cycles'],
    ['list-measures', '/measures'],
    ['list-safety-events', '/safety-events'],
    ['list-events', '/timeline'],
    ['list-commands', '/commands'],
    ['get-task', '/tasks/2'],
  ])('by %s is written down, with who it was', async (operation, path) => {
    expect((await served.get('nurse', `/v1/journeys/${ann}${path}`)).status).toBe(200);
    const [, newest] = await reads();
    expect(newest).toMatchObject({ operation, by: { id: 'nurse-1', roles: ['nurse'] } });
  });

  test('is itself looked at in the audit, and is no part of the patient’s timeline', async () => {
    expect((await reads())[0]).toMatchObject({ operation: 'list-audit', by: { id: 'medical-director-1' } });
    const { text } = await served.get('provider', `/v1/journeys/${ann}/timeline?order=newest`);
    expect(text).not.toContain('"read"');
  });

  test('is none where only logistics are shown', async () => {
    const before = (await reads()).length;
    await served.get('coordinator', `/v1/journeys/${ann}`);
    await served.get('coordinator', '/v1/journeys');
    // The audit before is the only one that was added.
    expect((await reads()).length).toBe(Math.min(20, before + 1));
  });
});

const pages = async (who: Who, path: string, limit: number): Promise<object[][]> => {
  const all: object[][] = [];
  let next: string | null = '';
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`;
    const { status, body } = await served.get(who, `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
    expect(status).toBe(200);
    all.push(body.items);
    next = body.next;
  }
  return all;
};

describe('a list', () => {
  test('read page by page is the list read at once, however long the pages are', async () => {
    const whole = (await pages('coordinator', `/v1/journeys/${ann}/timeline`, 100)).flat();
    expect(whole.length).toBeGreaterThan(100);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 7, max: 60 }), async (limit) => {
        const found = await pages('coordinator', `/v1/journeys/${ann}/timeline`, limit);
        expect(found.every((page) => page.length <= limit)).toBe(true);
        expect(found.flat()).toEqual(whole);
      }),
      { numRuns: 5 },
    );
  });

  test('of journeys shows each once, by phase, program, hold and since when', async () => {
    const ids = async (query: string): Promise<string[]> =>
      (await pages('coordinator', `/v1/journeys?${query}`, 1))
        .flat()
        .map((each) => ('id' in each ? String(each.id) : ''));
    expect((await ids('')).sort()).toEqual([ann, ben, cara].sort());
    expect((await ids('phase=series')).sort()).toEqual([ann, cara].sort());
    expect(await ids('phase=closed')).toEqual([]);
    expect(await ids('program=three-phase')).toEqual([]);
    expect((await ids('hold=false')).sort()).toEqual([ann, ben, cara].sort());
    expect(await ids('hold=true')).toEqual([]);
    expect(await ids('stuckSince=2026-03-20T00:00:00-08:00')).toEqual([ann]);
    expect(await ids('program=therapist-led')).toEqual([cara]);
    const soon = new Date(Date.parse(served.clinic.ports.now()) + 7 * 86_400_000).toISOString();
    const owes = async (journeyId: string): Promise<boolean> =>
      (await served.get('nurse', `/v1/journeys/${journeyId}/cycles`)).body.items.some(
        ({ debt }: { debt: { state: string } | null }) => debt?.state === 'owed',
      );
    const owing = [];
    for (const journeyId of [ann, cara]) if (await owes(journeyId)) owing.push(journeyId);
    expect(await ids(`windowClosesBefore=${soon}`)).toEqual(owing);
  });

  test('of tasks is mine, of a role, or only the overdue', async () => {
    const open = (await served.get('coordinator', '/v1/tasks')).body.items;
    expect(
      open.every(
        ({ holder, state }: { holder: string; state: string }) => holder === 'coordinator' && state === 'open',
      ),
    ).toBe(true);
    const patients = (await served.get('coordinator', '/v1/tasks?role=patient')).body.items;
    expect(patients.every(({ holder }: { holder: string }) => holder === 'patient')).toBe(true);
    const mine = (await served.get('provider', '/v1/tasks?mine=true')).body.items;
    expect(mine.every(({ assignee }: { assignee: string }) => assignee === 'provider-1')).toBe(true);
  });

  test('of a day shows every appointment that starts on it where the clinic is', async () => {
    const all = (await served.get('coordinator', `/v1/journeys/${ann}/appointments`)).body.items.filter(
      ({ state }: { state: string }) => state !== 'cancelled',
    );
    const dateOf = (startsAt: string) =>
      new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date(startsAt));
    for (const { id, startsAt } of all) {
      const { body } = await served.get('coordinator', `/v1/appointments?date=${dateOf(startsAt)}`);
      expect(body.items.map((each: { id: string }) => each.id)).toContain(id);
    }
  });

  test('goes on where it was, though something was added before and after', async () => {
    const first = await served.get('coordinator', '/v1/journeys?limit=1');
    const added = await served.patient({ id: 'cleo', days: 0 });
    const rest = await served.get('coordinator', `/v1/journeys?limit=100&cursor=${first.body.next}`);
    const ids = [...first.body.items, ...rest.body.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id !== added).sort()).toEqual([ann, ben, cara].sort());
  });

  test.each<[string, (next: string) => string, Who]>([
    ['a cursor that was changed', (next) => `/v1/journeys?limit=1&cursor=${next.slice(0, -2)}AA`, 'coordinator'],
    ['a cursor that nobody gave', () => '/v1/journeys?limit=1&cursor=e30', 'coordinator'],
    ['the cursor of another list', (next) => `/v1/tasks?limit=1&cursor=${next}`, 'coordinator'],
    ['the cursor of other filters', (next) => `/v1/journeys?limit=1&phase=series&cursor=${next}`, 'coordinator'],
    ['the cursor of somebody else', (next) => `/v1/journeys?limit=1&cursor=${next}`, 'nurse'],
  ])('is not read on from %s', async (_case, path, who) => {
    const { next } = (await served.get('coordinator', '/v1/journeys?limit=1')).body;
    const answer = await served.get(who, path(next));
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ path: 'query.cursor' }]);
  });

  test('gives a place that says nothing of what lies there', async () => {
    const { next } = (await served.get('coordinator', '/v1/tasks?role=patient&limit=1')).body;
    for (const text of [String(next), Buffer.from(String(next), 'base64url').toString('latin1')])
      expect(text).not.toMatch(/task#|phq9|journey#/);
  });
});
