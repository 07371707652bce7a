import { beforeAll, describe, expect, test } from 'vitest';
import type { RowDraft } from '../../functions/stores/table.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario, type Scenario } from '../../local/rehearsal/scenario.ts';
import type { TimelineEntry } from '../../local/rehearsal/timeline.ts';
import { type Trouble, type TroubledClinic, troubledClinic } from '../support/troubled-clinic.ts';

type Kept = Awaited<ReturnType<typeof run>>;

const run = async (scenario: Scenario, trouble: Trouble) => {
  const kept: TroubledClinic[] = [];
  const { result, failure } = await rehearse(
    scenario,
    troubledClinic(trouble, (clinic) => kept.push(clinic)),
    { record: false },
  );
  expect(failure).toBeUndefined();
  return { ...result, clinic: kept[0] };
};

type Message = Extract<TimelineEntry, { kind: 'message' }>;

/** What was sent, by what it says to whom: numbers of one kind change places when two bookings are followed up the other way round. */
const sent = (entries: readonly TimelineEntry[], which: (message: Message) => boolean): string[] =>
  entries
    .flatMap((entry) => (entry.kind === 'message' && entry.event === 'sent' && which(entry) ? [entry] : []))
    .map(({ message, person, channel, attempt, appointmentId = '' }) =>
      [message, person, channel, attempt, appointmentId].join(' '),
    )
    .toSorted();

const toPatient = ({ to }: Message): boolean => to === 'patient' || to === 'chaperone';
const mustArrive = ({ class: kind }: Message): boolean => kind === 'safety' || kind === 'task';

/** A claim for sending: whoever loses its answer cannot know whether the message is out (reminders: at most once). */
const isClaim = (rows: readonly RowDraft[]): boolean =>
  rows.some(({ sk, body }) => sk.startsWith('message#') && body.state === 'sending');

const leftOpen = ({ clinic }: Kept): string[] =>
  [...(clinic?.rows.values() ?? [])].map(({ sk }) => sk).filter((sk) => sk.startsWith('outbox#'));

/** Every write is hit in one of these runs: each takes every fifth, from another one on. */
const EVERY = 5;
const OFFSETS = Array.from({ length: EVERY }, (_, offset) => offset);

describe('A journey on which things are lost ends the same way, with the same messages to the patient', {
  timeout: 60_000,
}, () => {
  let scenario: Scenario;
  let plain: Kept;

  beforeAll(async () => {
    scenario = await readScenario({ program: 'northwest-iv' });
    plain = await run(scenario, {});
  });

  const expectTheSame = (lost: Kept): void => {
    expect(lost.outcome).toEqual(plain.outcome);
    expect(sent(lost.entries, toPatient)).toEqual(sent(plain.entries, toPatient));
    expect(lost.invariants.flatMap(({ violations }) => violations)).toEqual([]);
    expect(lost.executions.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
    expect(leftOpen(lost)).toEqual([]);
  };

  test.each(OFFSETS)(
    'when a function dies after its write took effect (every fifth write from %i on)',
    async (offset) => {
      let hit = 0;
      const lost = await run(scenario, {
        answerLost: (write, rows) => {
          const isHit = write % EVERY === offset && !isClaim(rows);
          if (isHit) hit += 1;
          return isHit;
        },
      });
      expect(hit).toBeGreaterThan(100);
      expectTheSame(lost);
    },
  );

  test.each(OFFSETS)(
    'when a function dies before its write took effect (every fifth write from %i on)',
    async (offset) => {
      expectTheSame(await run(scenario, { writeLost: (write) => write % EVERY === offset }));
    },
  );

  test('when the stream shows no outbox row at all, and the sweep has to find each', async () => {
    const lost = await run(scenario, { streamLoses: () => true });
    expect(lost.clinic?.sweeps()).toBeGreaterThan(50);
    expect(lost.outcome).toEqual(plain.outcome);
    expect(lost.invariants.flatMap(({ violations }) => violations)).toEqual([]);
    expect(leftOpen(lost)).toEqual([]);
  });

  const sendersDie: Trouble = { answerLost: (write, rows) => write % 3 === 0 && isClaim(rows) };

  test('when a sender dies over its claim: nothing is sent twice, and the journey does not wait for ever', async () => {
    const lost = await run(scenario, sendersDie);
    expect(lost.outcome).toEqual(plain.outcome);
    const meant = sent(plain.entries, toPatient);
    for (const message of sent(lost.entries, toPatient)) {
      expect(meant).toContain(message);
      meant.splice(meant.indexOf(message), 1);
    }
    expect(leftOpen(lost)).toEqual([]);
  });

  // A message that a schedule sends has no outbox row: nobody looks after a sender that died over it.
  test('when a sender dies over its claim: what must arrive is sent by another, and no message ends in silence', async () => {
    const lost = await run(scenario, sendersDie);
    expect(sent(lost.entries, mustArrive)).toEqual(sent(plain.entries, mustArrive));
    expect(lost.invariants.flatMap(({ violations }) => violations)).toEqual([]);
  });
});
