import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cycles } from '../../../functions/stores/journey-rows.ts';
import { transact } from '../../../functions/stores/transaction.ts';
import { type ServedClinic, servedClinic, type Who } from '../../support/served-clinic.ts';

let served: ServedClinic;
let ann: string;
let ben: string;
beforeAll(async () => {
  served = await servedClinic();
  // Her therapist records nothing, so that an integration is owed.
  ann = await served.patient({
    id: 'ann',
    days: 20,
    scenario: { people: [{ task: 'record-integration', after: 'P60D' }] },
  });
  ben = await served.patient({ id: 'ben', days: 3, scenario: { program: 'three-phase' } });
  // Nobody answers anything for a while.
  await served.clinic.clock.run({ until: served.clinic.clock.millis() + 16 * 86_400_000 });
}, 60_000);
afterAll(() => served.close());

const all = async (who: Who, path: string) => {
  const items: { id: string; journeyId: string; number: number }[] = [];
  let next: string | null = '';
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`;
    const { body } = await served.get(who, `${path}&limit=1${cursor}`);
    items.push(...body.items);
    next = body.next;
  }
  return items;
};
const idsOf = async (who: Who, path: string): Promise<string[]> => (await all(who, path)).map(({ id }) => id);

describe('when nobody answers', () => {
  test('each journey with overdue tasks is listed once, however many there are', async () => {
    const { body } = await served.get('nurse', `/v1/journeys/${ann}/tasks`);
    const overdue = body.items.filter((task: { overdue: boolean }) => task.overdue);
    expect(overdue.length).toBeGreaterThan(1);
    expect((await idsOf('coordinator', '/v1/journeys?overdue=true')).sort()).toEqual([ann, ben].sort());
    expect(await idsOf('coordinator', '/v1/journeys?overdue=true&program=three-phase')).toEqual([ben]);
  });

  test('a practice and a patient are shown their own of them', async () => {
    expect(await idsOf('partner', '/v1/journeys?overdue=true')).toEqual([ann]);
    expect(await idsOf('patient:ben', '/v1/journeys?overdue=true')).toEqual([ben]);
    expect(await idsOf('patient:ben', '/v1/journeys?windowClosesBefore=2030-01-01T00:00:00Z')).toEqual([]);
  });

  test('a window that closes is listed once for its journey, until the integration is done or waived', async () => {
    const { body } = await served.get('nurse', `/v1/journeys/${ann}/cycles`);
    const owed = body.items.some(
      ({ debt }: { debt: { state: string; window: object | null } | null }) =>
        debt !== null && debt.window !== null && ['owed', 'overdue'].includes(debt.state),
    );
    expect(owed).toBe(true);
    expect(await idsOf('coordinator', '/v1/journeys?windowClosesBefore=2030-01-01T00:00:00Z')).toEqual([ann]);
    expect(await idsOf('partner', '/v1/journeys?windowClosesBefore=2030-01-01T00:00:00Z')).toEqual([ann]);
    expect(await idsOf('coordinator', '/v1/journeys?windowClosesBefore=2020-01-01T00:00:00Z')).toEqual([]);
  });

  test('of two open windows the first shows the journey, and the other one when the first is met', async () => {
    const { body } = await served.get('nurse', `/v1/journeys/${ann}/cycles`);
    const [owed] = body.items.filter(({ debt }: { debt: { state: string } | null }) => debt?.state !== 'settled');
    expect(owed.debt).toMatchObject({ earlierOwed: false });
    const keep = (number: number, debt: object): Promise<void> =>
      transact(served.clinic.ports, 'test', async (transaction) => {
        const kept = await transaction.get(cycles, { journeyId: ann, number });
        transaction.put(cycles, { ...(kept ?? owed), journeyId: ann, number, debt: { ...owed.debt, ...debt } });
      });
    const window = { opens: owed.debt.window.opens, closes: '2029-01-01T00:00:00.000Z' };
    const closingBy = async (year: number) =>
      idsOf('coordinator', `/v1/journeys?windowClosesBefore=${year}-01-01T00:00:01Z`);
    await keep(owed.number + 1, { window, earlierOwed: true });
    expect([await closingBy(2029), await closingBy(2028)]).toEqual([[ann], [ann]]);
    await keep(owed.number, { state: 'settled' });
    expect([await closingBy(2029), await closingBy(2028)]).toEqual([[ann], []]);
    await keep(owed.number, {});
    await keep(owed.number + 1, { state: 'settled' });
  });

  test('overdue tasks are those of a role, and of a practice those of its people', async () => {
    const director = await all('medical-director', '/v1/tasks?overdue=true');
    expect(director.length).toBeGreaterThan(0);
    const theirs = await all('therapist:therapist-11:partner-1', '/v1/tasks?role=therapist');
    expect(theirs.every(({ journeyId }) => journeyId === ann)).toBe(true);
  });

  test('a journey is on the list until its last overdue task is answered or taken back', async () => {
    const late = (await served.get('nurse', `/v1/journeys/${ben}/tasks`)).body.items.filter(
      (task: { overdue: boolean }) => task.overdue,
    );
    expect(late.length).toBeGreaterThan(0);
    const { status } = await served.ask('coordinator', 'POST', `/v1/journeys/${ben}/commands`, {
      headers: { 'Idempotency-Key': 'withdrawn' },
      body: { command: 'withdraw', reason: 'moved away' },
    });
    expect(status).toBe(200);
    expect(await idsOf('patient:ben', '/v1/journeys?overdue=true')).toEqual([]);
    expect(await idsOf('coordinator', '/v1/journeys?overdue=true')).toEqual([ann]);
  });
});
