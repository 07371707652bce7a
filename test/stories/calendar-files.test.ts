import { describe, expect, test } from 'vitest';
import type { Visit } from '../../functions/domain/messages/calendar-file.ts';
import { leaks } from '../../functions/domain/messages/leaks.ts';
import type { Sent } from '../../local/clinic/carriers.ts';
import { oneMachine } from '../../local/clinic/one-machine.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';

const told = async (scenario: object) => {
  const sent: Sent[] = [];
  const mailbox = { add: (each: Sent) => sent.push(each), reported: () => undefined, unreported: () => [] };
  const read = await readScenario({ program: 'northwest-iv', ...scenario });
  const { result } = await rehearse(read, (options) => oneMachine({ ...options, mailbox }));
  return { sent, result };
};

const visitsIn = (sent: readonly Sent[]): Visit[] => sent.flatMap(({ visit }) => visit ?? []);

const coordinator = { role: 'coordinator', id: 'coordinator-1' };
const second = { after: 'booked-dose', occurrence: 2, by: coordinator };
const data = { appointment: 'dosing', occurrence: 2 };
/** Everything by e-mail: what a patient without a telephone gets. */
const byMail = { mobile: 'none' };

describe('What an e-mail tells the calendar of a patient', () => {
  test('is every visit from its booking on, with its time, and no word of what it is', async () => {
    const { sent, result } = await told({});
    const confirmed = sent.filter(({ messageId }) => messageId.startsWith('booking-confirmation'));
    expect(confirmed.length).toBeGreaterThan(10);
    expect(confirmed.map(({ visit }) => visit?.sequence)).toEqual(confirmed.map(() => 0));
    const booked = result.entries.flatMap((entry) =>
      entry.kind === 'appointment' && entry.event === 'booked' ? [entry.startsAt] : [],
    );
    for (const { startsAt, title, note, uid } of visitsIn(sent)) {
      expect(booked).toContain(startsAt);
      expect(leaks(`${title} ${note} ${uid}`, 'patient')).toEqual([]);
      expect(uid).toMatch(/^[0-9a-f]{32}@visits$/);
    }
  });

  test('is in the patient’s language', async () => {
    const { sent } = await told({ patient: { language: 'es' } });
    expect(new Set(visitsIn(sent).map(({ title }) => title))).toEqual(new Set(['Cita, Throughline Clinic']));
  });

  test('follows a move and then a cancellation under the same id, each as a later change', async () => {
    const { sent } = await told({
      patient: byMail,
      commands: [
        { ...second, plus: 'PT1H', command: 'reschedule-appointment', data: { ...data, startsAt: { shift: 'P2D' } } },
        { ...second, plus: 'PT3H', command: 'cancel-appointment', data },
      ],
    });
    const [cancelled] = visitsIn(sent).filter((visit) => visit.cancelled);
    const changes = visitsIn(sent).filter(({ uid }) => uid === cancelled?.uid);
    expect(changes.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
    expect(changes.map((visit) => visit.cancelled)).toEqual([false, false, true]);
    expect(changes[0]?.startsAt === changes[1]?.startsAt).toBe(false);
  });

  test.each(['northwest-iv', 'therapist-led'])(
    'leaves in it every visit that took place, at its time wherever it was moved, and none that was called off: %s',
    async (program) => {
      const { sent, result } = await told({
        program,
        patient: byMail,
        commands: [
          { ...second, plus: 'PT1H', command: 'reschedule-appointment', data: { ...data, startsAt: { shift: 'P2D' } } },
          { ...second, occurrence: 3, plus: 'PT1H', command: 'withdraw' },
        ],
      });
      // A calendar keeps the newest change of each visit.
      const newest = new Map<string, Visit>();
      for (const visit of visitsIn(sent))
        if (visit.sequence >= (newest.get(visit.uid)?.sequence ?? 0)) newest.set(visit.uid, visit);
      const shown = [...newest.values()].filter(({ cancelled }) => !cancelled).map(({ startsAt }) => startsAt);
      const ended = new Map(
        result.entries.flatMap((entry) => (entry.kind === 'appointment' ? [[entry.id, entry] as const] : [])),
      );
      // What has begun and is broken off is said in the room.
      const begun = [...ended.values()].filter(({ event, at, startsAt }) => event !== 'cancelled' || at > startsAt);
      expect(result.entries.filter((entry) => entry.kind === 'appointment' && entry.event === 'moved')).not.toEqual([]);
      expect(shown.toSorted()).toEqual(begun.map(({ startsAt }) => startsAt).toSorted());
    },
  );

  test('goes to nobody else, and with nothing that is about no visit ahead', async () => {
    const { sent } = await told({ patient: byMail });
    const kinds = new Set(
      sent.filter(({ visit }) => visit).map(({ messageId }) => messageId.replace(/-patient.*/, '')),
    );
    expect([...kinds].toSorted()).toEqual(['booking-confirmation', 'day-before', 'reminder']);
  });
});
