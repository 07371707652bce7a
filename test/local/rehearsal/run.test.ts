import { beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../../functions/domain/journey/entry.ts';
import { rehearse } from '../../../local/rehearsal/run.ts';
import { readScenario, type Scenario } from '../../../local/rehearsal/scenario.ts';
import { type Fake, fakeMachine } from './fake-machine.ts';

const outcome = { kind: 'outcome', outcome: 'completed', reason: 'all done' } as const;

const rehearsed = async (scenario: Scenario, options: Parameters<typeof fakeMachine>[0] = {}) => {
  const fake = fakeMachine(options);
  const rehearsal = await rehearse(scenario, () => fake.machine);
  return { ...rehearsal, fake };
};
const withPeople = (...people: object[]) => readScenario({ program: 'northwest-iv', people });
const given = ({ decisions }: Fake) => decisions.map(({ at, answer, by, data }) => [at, by.id, answer, data]);

let standard: Scenario;
beforeAll(async () => {
  standard = await readScenario({ program: 'northwest-iv' });
});

describe('people answer on the clock', () => {
  test('at their time, and then the task is forgotten', async () => {
    const { fake } = await rehearsed(standard, { script: ({ open }) => void open('sign-consents') });
    expect(given(fake)).toEqual([['2026-03-02T19:00:00.000Z', 'patient', 'signed', {}]]);
  });

  test('not when the task was superseded before', async () => {
    const { fake } = await rehearsed(standard, {
      script: ({ at, open, tell }) => {
        const { id } = open('sign-consents');
        at('2026-03-02T18:00:00Z', () => tell(id, 'superseded'));
      },
    });
    expect(fake.decisions).toEqual([]);
  });

  test('the next rung answers for somebody who stays silent', async () => {
    const { fake } = await rehearsed(await withPeople({ task: 'dose-order', never: true }), {
      script: ({ at, open, tell }) => {
        const { id } = open('dose-order');
        at('2026-03-03T18:00:00Z', () => tell(id, 'escalated', 'medical-director'));
      },
    });
    expect(given(fake)).toEqual([['2026-03-03T20:00:00.000Z', 'medical-director-1', 'ordered', {}]]);
  });

  test.each<[string, object, unknown[]]>([
    ['everybody by a rule for all', {}, ['2026-03-05T17:00:00.000Z', 'provider-1']],
    ['one role by a rule of its own', { role: 'provider' }, ['2026-03-03T20:00:00.000Z', 'medical-director-1']],
  ])('whoever is first answers: slow is %s', async (_name, over, first) => {
    const { fake } = await rehearsed(await withPeople({ task: 'dose-order', after: 'P3D', ...over }), {
      script: ({ at, open, tell }) => {
        const { id } = open('dose-order');
        at('2026-03-03T18:00:00Z', () => tell(id, 'escalated', 'medical-director'));
      },
    });
    expect(fake.decisions.map(({ at, by }) => [at, by.id])).toEqual([first]);
  });

  test('where nothing can be booked, a coordinator says so', async () => {
    const refuse = ({ answer }: { answer: string }) => (answer === 'booked' ? 'nothing is free' : undefined);
    const { fake, remarks } = await rehearsed(standard, {
      refuse,
      script: ({ open }) => {
        open('book-pair');
        open('book-appointment');
      },
    });
    expect(fake.decisions.map(({ answer }) => answer)).toEqual(['booked', 'no-slot', 'booked', 'unreachable']);
    expect(remarks).toEqual([]);
  });

  test('a time of the scenario that does not fit gives way to the first that does', async () => {
    const { fake } = await rehearsed(
      await withPeople({ task: 'book-appointment', data: { startsAt: '2026-03-04T18:00:00.000Z' } }),
      {
        refuse: ({ data }) => (data.startsAt === undefined ? undefined : 'outside hours'),
        script: ({ open }) => void open('book-appointment'),
      },
    );
    expect(fake.decisions.map(({ answer, data }) => [answer, data])).toEqual([
      ['booked', { startsAt: '2026-03-04T18:00:00.000Z' }],
      ['booked', {}],
    ]);
  });

  test('any other refusal is told, and so is a rule for a task that never came', async () => {
    const scenario = await withPeople({ task: 'home-safe', answer: 'need-help' });
    const { remarks } = await rehearsed(scenario, {
      refuse: () => 'not yours',
      script: ({ open }) => void open('sign-consents'),
    });
    expect(remarks).toEqual([
      'sign-consents 1: "signed" by patient was refused: not yours',
      'scenario.people[0]: no home-safe came that it is for',
    ]);
  });

  test('questionnaires are counted as they are taken', async () => {
    const { fake } = await rehearsed(standard, {
      script: ({ at, emit, open }) => {
        const ask = (n: number) =>
          open('answer-measure', { id: `m-${n}`, occurrence: n, ask: { kind: 'answer-measure', about: `gad7-${n}` } });
        ask(1);
        at('2026-03-03T17:00:00Z', () => {
          emit({ kind: 'measure', measure: 'gad7', occurrence: 1, total: 12, band: 'moderate' });
          ask(2);
        });
      },
    });
    expect(fake.decisions.map(({ data }) => data.total)).toEqual([12, 9]);
  });
});

describe('commands are given', () => {
  test('at their instant, after the request, and after the recorded end that they wait for', async () => {
    const scenario = await readScenario({
      program: 'northwest-iv',
      commands: [
        { at: '2026-03-04T09:00:00-08:00', command: 'pause' },
        { after: 'request', plus: 'PT1H', command: 'stop-messages' },
        { after: 'dose', occurrence: 2, plus: 'P1D', command: 'withdraw', by: { role: 'therapist' } },
        { after: 'integration', occurrence: 9, command: 'resume' },
      ],
    });
    const { fake, remarks } = await rehearsed(scenario, {
      script: ({ at, emit }) => {
        for (const cycle of [1, 2, 3])
          at(`2026-03-0${cycle + 4}T20:00:00Z`, () => emit({ kind: 'dose', cycle, event: 'ended', route: 'iv' }));
      },
    });
    expect(fake.commands.map(({ at, command, by, commandId }) => [at, command, by.id, commandId])).toEqual([
      ['2026-03-02T18:00:00.000Z', 'stop-messages', 'patient', 'scenario-2'],
      ['2026-03-04T17:00:00.000Z', 'pause', 'patient', 'scenario-1'],
      ['2026-03-07T20:00:00.000Z', 'withdraw', 'therapist-1', 'scenario-3'],
    ]);
    expect(remarks).toEqual(['scenario.commands[3]: integration 9 never came']);
  });

  test('once for an encounter that is told as ended and as attended', async () => {
    const scenario = await readScenario({
      program: 'northwest-iv',
      commands: [{ after: 'integration', occurrence: 2, command: 'pause' }],
    });
    const told = (id: string, event: 'ended' | 'attended'): Entry => ({
      kind: 'appointment',
      appointment: 'integration',
      id,
      event,
      occurrence: 1,
      revision: 1,
      startsAt: '2026-03-05T17:00:00.000Z',
      endsAt: '2026-03-05T18:00:00.000Z',
      practitioners: [],
      room: null,
      modality: 'in-person',
    });
    const { fake } = await rehearsed(scenario, {
      script: ({ at, emit }) => {
        at('2026-03-05T18:00:00Z', () => emit(told('i-1', 'ended')));
        at('2026-03-05T18:15:00Z', () => emit(told('i-1', 'attended')));
        at('2026-03-12T18:15:00Z', () => emit(told('i-2', 'attended')));
      },
    });
    expect(fake.commands.map(({ at }) => at)).toEqual(['2026-03-12T18:15:00.000Z']);
  });

  test('a new zone of the patient counts from then on', async () => {
    const scenario = await readScenario({
      program: 'northwest-iv',
      commands: [{ after: 'request', plus: 'PT1H', command: 'change-contact', data: { zone: 'America/New_York' } }],
    });
    const { result } = await rehearsed(scenario, {
      script: ({ at, emit }) => void at('2026-03-02T19:00:00Z', () => emit(outcome)),
    });
    expect(result.entries.map(({ local }) => local)).toEqual([
      '2026-03-02 09:00 PST',
      '2026-03-02 13:00 EST',
      '2026-03-02 14:00 EST',
    ]);
  });
});

describe('the result', () => {
  test('ends with the outcome, its entries saying first when and what', async () => {
    const { result } = await rehearsed(standard, {
      script: ({ at, emit }) => void at('2026-03-03T17:00:00Z', () => emit(outcome)),
    });
    expect(result).toMatchObject({
      program: { id: 'northwest-iv', version: 1 },
      seed: 1,
      journeyId: 'j-1',
      start: '2026-03-02T17:00:00.000Z',
      end: '2026-03-03T17:00:00.000Z',
      outcome: { kind: 'completed', reason: 'all done' },
    });
    expect(Object.keys(result.entries[0] ?? {})).toEqual(['at', 'local', 'kind', 'phase', 'event']);
    expect(result.invariants.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(result.cost.usd.total).toBeCloseTo(0.1056 + 0.002 + 0.0001125 + 0.0001875 + 0.000096 + 0.000012, 4);
  });

  test('stops after its time, without an outcome', async () => {
    const scenario = await readScenario({ program: 'northwest-iv', until: 'P2D' });
    const { result } = await rehearsed(scenario, {
      script: ({ at, emit }) => void at('2026-04-03T17:00:00Z', () => emit(outcome)),
    });
    expect(result).toMatchObject({ outcome: null, end: '2026-03-04T17:00:00.000Z' });
    expect(result.invariants[5]).toEqual({ id: 6, held: false, violations: ['the journey reached no outcome'] });
  });

  test('what breaks the engine off is kept, with the timeline until then', async () => {
    const { result, failure } = await rehearsed(standard, {
      script: ({ at }) =>
        void at('2026-03-03T17:00:00Z', () => {
          throw new Error('boom');
        }),
    });
    expect(failure).toMatchObject({ message: 'boom' });
    expect(result.entries).toHaveLength(1);
  });
});
