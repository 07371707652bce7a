import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADDRESSES } from '../../../local/clinic/consult.ts';
import { type ServedClinic, servedClinic } from '../../support/served-clinic.ts';

const patient = ADDRESSES.mobile.working;
const DAY = 86_400_000;

describe('A text that is handed in on one machine', () => {
  let served: ServedClinic;
  let journeyId: string;
  beforeAll(async () => {
    served = await servedClinic();
    journeyId = await served.patient({ days: 0.5 });
  });
  afterAll(() => served.close());

  const confirmed = async () =>
    (await served.clinic.events(journeyId)).flatMap(({ entry }) =>
      entry.kind === 'appointment' && entry.by !== undefined ? [[entry.id, entry.revision, entry.by]] : [],
    );
  const say = async (text: string, from: string = patient): Promise<void> => {
    await served.clinic.textIn({ from, text });
    await served.settle();
  };
  const appointment = async () =>
    (await served.get('coordinator', `/v1/journeys/${journeyId}/appointments`)).body.items[0];

  test('C: the patient comes to the next appointment, said once however often, and the front desk sees it', async () => {
    for (const text of ['C', 'c.', 'Confirm']) await say(text);
    expect(await confirmed()).toEqual([['consult-1', 1, 'patient']]);
    expect(await appointment()).toMatchObject({ revision: 1, confirmedBy: { patient: 1 } });
  });

  test('C after the appointment was moved: it is said anew', async () => {
    const { startsAt } = await appointment();
    const later = new Date(Date.parse(startsAt) + DAY).toISOString();
    const moved = await served.post(
      'coordinator',
      `/v1/journeys/${journeyId}/appointments/consult-1/move`,
      { startsAt: later },
      { 'Idempotency-Key': 'move' },
    );
    expect(moved.status).toBe(200);
    await say('C');
    expect((await confirmed()).at(-1)).toEqual(['consult-1', 2, 'patient']);
  });

  test('STOP: no text goes out to that number any more', async () => {
    await say('STOP');
    expect((await served.clinic.journey(journeyId))?.smsStopped).toBe(true);
  });

  test('anything else: a person calls', async () => {
    await say('can I bring my dog?');
    await served.clinic.clock.run({ until: served.clinic.clock.millis() + DAY });
    const { items } = (await served.get('coordinator', `/v1/journeys/${journeyId}/tasks`)).body;
    expect(items.map(({ kind }: { kind: string }) => kind)).toContain('call-patient');
  });
});
