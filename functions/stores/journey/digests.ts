import type { Task } from '../../domain/journey/task.ts';
import { digestDay, digestLine, nextDigestAt, whoHas } from '../../domain/tasks/digest.ts';
import { clinicTimetable } from '../clinic-timetable.ts';
import { digests, journeys } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { planMessage } from './ledger.ts';
import { openTasks } from './open-tasks.ts';

/**
 * Plans the digest of everybody who has come to work and has something to do: one a day for each, kept with the journey of
 * the task that is due first. Says for how many, and when to look again; null while nothing is open.
 */
export const planDigests = async (ports: DeskPorts, _: object): Promise<{ planned: number; nextAt: string | null }> => {
  const { clinic } = await clinicTimetable(ports).inForce();
  const now = ports.now();
  const byPerson = new Map<string, Task[]>();
  const open = await openTasks(ports);
  for (const task of open) {
    const person = whoHas(task, clinic, now);
    if (person !== null) byPerson.set(person, [...(byPerson.get(person) ?? []), task]);
  }
  let planned = 0;
  for (const [person, theirs] of byPerson) {
    const date = digestDay(clinic, person, now);
    const lines = theirs.map((task) => ({ ...digestLine(task, clinic, now), journeyId: task.journeyId }));
    const first = lines.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
    if (date === null || first === undefined) continue;
    const digest = lines.map(({ journeyId: _of, ...line }) => line);
    planned += await transact(ports, 'send-digests', async (transaction) => {
      if ((await transaction.get(digests, { person, date })) !== undefined) return 0;
      const journey = await transaction.get(journeys, first.journeyId);
      if (journey === undefined || journey.outcome !== null) return 0;
      const desk = await deskFor(ports, transaction, first.journeyId);
      transaction.put(digests, { person, date, journeyId: first.journeyId });
      await planMessage(desk, { kind: 'digest', to: 'staff', person, sendAt: now, digest });
      return 1;
    });
  }
  return { planned, nextAt: open.length === 0 ? null : (nextDigestAt(clinic, now) ?? null) };
};
