import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newLinkId } from '../../functions/runtime/clock.ts';
import { bundledData, keptProgram, libraryOf } from '../../functions/stores/bundled-library.ts';
import { localCarriers, type Sent } from '../../local/clinic/carriers.ts';
import { composition } from '../../local/clinic/composition.ts';
import { BAD_ADDRESSES, consultOf } from '../../local/clinic/consult.ts';
import { memoryTable } from '../../local/clinic/memory-table.ts';
import { localSchedules } from '../../local/clinic/schedules.ts';
import type { EngineFactory } from '../../local/rehearsal/engine.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { virtualClock } from '../../local/virtual-clock.ts';

/** Each personal fact is a text that stands nowhere else. */
const FIRST_NAME = 'Quillan';
const MOBILE = '+12065550161';
const EMAIL = 'quillan.marker@example.org';
const BORN_ON = '1931-12-07';
const CHAPERONE = { name: 'Wrenna', mobile: '+12065550162' };
const NEW_CHAPERONE = { name: 'Ottoline', mobile: '+12065550163' };
const WORDS = ['goal-kestrel', 'reason-osprey', 'why-merlin', 'description-harrier', 'note-goshawk', 'concern-buzzard'];
const MARKERS = [
  FIRST_NAME,
  BORN_ON,
  MOBILE,
  EMAIL,
  ...Object.values(CHAPERONE),
  ...Object.values(NEW_CHAPERONE),
  ...WORDS,
];

/** Messages hold links, whose ids are marked in the same way. */
const ADDRESS = 'https://my.cedar.example';
const linksIn = (sent: readonly Sent[]): string[] =>
  sent.flatMap(({ text }) => /\/l\/([\w-]{22})/.exec(text)?.[1] ?? []);

const found = (text: string, but: readonly string[] = []): string[] =>
  MARKERS.filter((marker) => !but.includes(marker) && text.includes(marker));

const SCENARIO = {
  program: 'northwest-iv',
  patient: { fit: { goals: ['goal-kestrel'], reasons: ['reason-osprey'] } },
  people: [
    { task: 'record-integration', occurrence: 1, data: { topics: 'note-goshawk', themes: 'note-goshawk' } },
    { task: 'next-day-check-in', occurrence: 1, answer: 'concern', data: { words: 'concern-buzzard' } },
    { task: 'medical-clearance', answer: 'cleared', reason: 'why-merlin' },
    { task: 'partner-offer', occurrence: 1, answer: 'declined', reason: 'why-merlin' },
    { task: 'call-patient', answer: 'reached', reason: 'why-merlin' },
  ],
  commands: [
    {
      after: 'dose',
      occurrence: 1,
      plus: 'P1D',
      command: 'report-adverse-event',
      by: { role: 'coordinator' },
      reason: 'why-merlin',
      data: { grade: 3, description: 'description-harrier' },
    },
    {
      after: 'integration',
      occurrence: 1,
      command: 'change-chaperone',
      by: { role: 'patient' },
      data: { chaperone: 'named', ...NEW_CHAPERONE },
    },
    {
      after: 'booked-dose',
      occurrence: 2,
      plus: 'PT1H',
      command: 'reschedule-appointment',
      by: { role: 'patient' },
      reason: 'why-merlin',
      data: { appointment: 'dosing', startsAt: { shift: 'P1D' } },
    },
    {
      after: 'dose',
      occurrence: 2,
      plus: 'P1D',
      command: 'report-crisis',
      by: { role: 'patient' },
      reason: 'why-merlin',
    },
  ],
};

type Kept = { readonly sent: Sent[]; readonly schedules: string[]; readonly outbox: string[]; readonly rows: string[] };

/** The clinic on one machine, of which all that leaves the table is kept. */
const observed =
  (kept: Kept): EngineFactory =>
  ({ start, library }) => {
    const clock = virtualClock(Date.parse(start));
    let writes = 0;
    const newId = () => {
      writes += 1;
      return `w${writes}`;
    };
    const table = memoryTable({ newId, onlyAdded: 'audit#' });
    const works = composition({
      clock,
      table: {
        ...table,
        write: (operations) => {
          for (const operation of operations)
            if (operation.do === 'put')
              (operation.row.sk.startsWith('outbox#') ? kept.outbox : kept.rows).push(JSON.stringify(operation.row));
          return table.write(operations);
        },
      },
      ordinal: () => String(clock.ordinal()).padStart(10, '0'),
      library: libraryOf({ ...bundledData(), programs: library.programs.map(keptProgram), clinic: library.clinic }),
      clinic: library.clinic,
      links: { address: () => ADDRESS, newId: newLinkId },
      carriers: (report) =>
        localCarriers(
          clock,
          BAD_ADDRESSES,
          (event) => {
            kept.schedules.push(JSON.stringify(event));
            return report(event);
          },
          { add: (sent) => kept.sent.push(sent), reported: () => undefined, unreported: () => [] },
        ),
      schedules: (fire) => {
        const local = localSchedules(clock, fire);
        return {
          ...local,
          schedules: {
            ...local.schedules,
            put: (schedule) => {
              kept.schedules.push(JSON.stringify(schedule));
              return local.schedules.put(schedule);
            },
          },
        };
      },
      record: true,
      counted: false,
    });
    return {
      ...works,
      async requestConsult({ program, patient }) {
        const pinned = library.programs.find(({ id }) => id === program);
        if (pinned === undefined) throw new Error(`no program ${program}`);
        const request = consultOf(patient, pinned, 'patient-1');
        const answer = await works.journeys.requestConsult({
          ...request,
          firstName: FIRST_NAME,
          bornOn: BORN_ON,
          mobile: MOBILE,
          email: EMAIL,
          chaperone: CHAPERONE,
          journeyId: 'j1x00001',
        });
        if (!answer.accepted) throw new Error(answer.reason);
        return { journeyId: answer.journeyId };
      },
      openRows: async (journeyId) => ({ ...(await works.openRows(journeyId)), schedules: works.schedules.names() }),
      executions: () => works.runner.executions(),
    };
  };

describe('Each personal fact of a journey, marked so that it is found wherever it goes,', () => {
  const kept: Kept = { sent: [], schedules: [], outbox: [], rows: [] };
  let rehearsal: Awaited<ReturnType<typeof rehearse>>;
  const written: string[] = [];
  const outputs = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    }),
  );
  afterAll(() => {
    for (const output of outputs) output.mockRestore();
  });

  beforeAll(async () => {
    rehearsal = await rehearse(await readScenario(SCENARIO), observed(kept));
  }, 60_000);

  test('is in the table: the journey met every one of them', () => {
    expect(rehearsal.result.outcome?.kind).toBe('completed');
    const rows = kept.rows.join('\n');
    expect(MARKERS.filter((marker) => !rows.includes(marker))).toEqual([]);
  });

  test('is in no name, input, output, error or history of an execution', () => {
    const { executions } = rehearsal;
    expect(executions.length).toBeGreaterThan(50);
    expect(executions.every(({ events }) => (events?.length ?? 0) > 0)).toBe(true);
    expect(
      executions.flatMap((execution) => found(JSON.stringify(execution)).map((each) => [execution.name, each])),
    ).toEqual([]);
  });

  test('is in no schedule and no carrier’s report', () => {
    expect(kept.schedules.length).toBeGreaterThan(50);
    expect(kept.schedules.flatMap((each) => found(each))).toEqual([]);
  });

  test('is in nothing that the outbox carries out, the published events among it', () => {
    expect(kept.outbox.some((each) => each.includes('publish-event'))).toBe(true);
    expect(kept.outbox.flatMap((each) => found(each))).toEqual([]);
  });

  test('is in no log line', () => {
    expect(written.flatMap((each) => found(each))).toEqual([]);
  });

  test('is nowhere with the id of a link, which stands in the delivered message alone', () => {
    const ids = linksIn(kept.sent);
    expect(ids.length).toBeGreaterThan(20);
    const { executions, result } = rehearsal;
    const places = { ...kept, sent: [], executions, result, written };
    const text = JSON.stringify(places);
    expect(ids.filter((id) => text.includes(id))).toEqual([]);
  });

  test('is in no message but to the person whose it is; staff may read the first name in an e-mail', () => {
    const own: Record<string, readonly string[]> = {
      [MOBILE]: [FIRST_NAME],
      [EMAIL]: [FIRST_NAME],
      [CHAPERONE.mobile]: [CHAPERONE.name],
      [NEW_CHAPERONE.mobile]: [NEW_CHAPERONE.name],
    };
    const staff = new Set(rehearsal.world.scenario.clinic.practitioners.map(({ email }) => email));
    expect(new Set(kept.sent.map(({ to }) => to)).size).toBeGreaterThan(5);
    const strays = kept.sent.flatMap(({ channel, to, subject, text, visit }) => {
      const mayRead = own[to] ?? (channel === 'email' && staff.has(to) ? [FIRST_NAME] : []);
      return found(`${subject ?? ''}\n${text}\n${JSON.stringify(visit)}`, mayRead).map(
        (marker) => `${marker} to ${to}`,
      );
    });
    expect(strays).toEqual([]);
  });
});
