import type { Body } from '../../contracts/api/operations.ts';
import { type Appointment, isStanding } from '../../domain/journey/appointment.ts';
import type { Task } from '../../domain/journey/task.ts';
import type { AppointmentKind } from '../../domain/names.ts';
import { mayAnswer } from '../../domain/tasks/answers.ts';
import { actingAs } from './acting.ts';
import { decide } from './deciding.ts';
import type { ApiDeps } from './deps.ts';
import { Refused } from './errors.ts';
import type { Asking } from './route.ts';

const asksFor = ({ kind, ask }: Task, wanted: AppointmentKind): boolean =>
  wanted === 'dosing' ? kind === 'book-pair' : kind === 'book-appointment' && (ask.about ?? 'consult') === wanted;

/** What a task of booking records of the times that were named. */
const dataOf = ({ appointment, startsAt, integrationStartsAt }: Body<'book-appointment'>) =>
  appointment === 'dosing'
    ? {
        ...(startsAt !== undefined && { dosing: { startsAt } }),
        ...(integrationStartsAt !== undefined && { integration: { startsAt: integrationStartsAt } }),
      }
    : { ...(startsAt !== undefined && { startsAt }) };

/**
 * Books an appointment by answering the task that asks for it: the state machines own the order, so what nobody is asked to book yet
 * is refused. What stands already at the wanted time is the first answer once more.
 */
export const booking =
  ({ journeys, reading }: Pick<ApiDeps, 'journeys' | 'reading'>) =>
  async (
    { viewer, journeyId }: Asking & { readonly journeyId: string },
    body: Body<'book-appointment'>,
  ): Promise<Appointment> => {
    const { appointment, startsAt, reason } = body;
    const standing = async (): Promise<Appointment | undefined> =>
      (await reading.appointmentsOf(journeyId))
        .map(({ value }) => value)
        .filter((each) => each.kind === appointment && isStanding(each))
        .sort((a, b) => a.occurrence - b.occurrence)
        .at(-1);
    const task = (await reading.openTasksOf(journeyId)).find((each) => asksFor(each, appointment));
    if (task !== undefined) {
      const by = actingAs(viewer, mayAnswer(task), `to answer ${task.kind}`);
      await decide(journeys, { journeyId, taskId: task.id, answer: 'booked', by, reason, data: dataOf(body) });
    }
    const booked = await standing();
    if (booked === undefined) throw new Refused(`nobody is asked to book a ${appointment} now`);
    if (startsAt !== undefined && booked.startsAt !== startsAt)
      throw new Refused(`${booked.id} is booked already, for ${booked.startsAt}`);
    return booked;
  };
