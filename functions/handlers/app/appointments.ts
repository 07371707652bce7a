import { type AppointmentView, appointmentOperations } from '../../contracts/api/appointments.ts';
import type { Body, Params } from '../../contracts/api/operations.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import type { CommandName } from '../../domain/names.ts';
import { InputRefused } from '../../domain/problems.ts';
import { mayAnswer } from '../../domain/tasks/answers.ts';
import { atLocal, plusDays } from '../../domain/time/local.ts';
import { VersionPast } from '../../stores/transaction.ts';
import { actingAs } from './acting.ts';
import { booking } from './booking.ts';
import { decide } from './deciding.ts';
import type { ApiDeps } from './deps.ts';
import { NotThere, Refused } from './errors.ts';
import { giving } from './giving.ts';
import { listing } from './listing.ts';
import { looking } from './looking.ts';
import { pageOf } from './paging.ts';
import { type Asking, type Reply, type Route, route } from './route.ts';

const shown = ({ messages: _messages, claims: _claims, ...rest }: Appointment): AppointmentView => rest;

type OfAppointment = Asking & { readonly params: Params<'get-appointment'> };

/** Who comes when: looked at, moved, cancelled, checked in. */
export const appointmentRoutes = (deps: ApiDeps) => {
  const { journeys, reading, library } = deps;
  const book = booking(deps);
  const look = looking(deps);
  const list = listing(deps);
  const give = giving(deps);

  const find = async (asked: OfAppointment): Promise<Appointment> => {
    const { journeyId, appointmentId } = asked.params;
    await look.reach(asked, journeyId);
    const kept = await reading.appointment(journeyId, appointmentId);
    if (kept === undefined) throw new NotThere();
    return kept.value;
  };
  const reply = (appointment: Appointment): Reply<AppointmentView> => ({
    answer: shown(appointment),
    version: String(appointment.revision),
  });

  const change = async (
    asked: OfAppointment,
    command: CommandName,
    { reason, startsAt }: Partial<Body<'move-appointment'>>,
  ): Promise<Reply<AppointmentView>> => {
    const { kind, occurrence } = await find(asked);
    const revision = asked.version === undefined ? undefined : Number(asked.version);
    if (Number.isNaN(revision)) throw new VersionPast('If-Match: is no revision of an appointment');
    const data = {
      appointment: kind,
      occurrence,
      ...(startsAt !== undefined && { startsAt }),
      ...(revision !== undefined && { revision }),
    };
    try {
      await give(asked, asked.params.journeyId, { command, reason: reason ?? null, data });
    } catch (error) {
      const isPast = revision !== undefined && (await find(asked)).revision !== revision;
      throw error instanceof Refused && isPast ? new VersionPast(error.message) : error;
    }
    return reply(await find(asked));
  };

  return {
    'list-appointments': route(appointmentOperations['list-appointments'], async (asked) => {
      const { zone, locations } = library.clinic();
      const { date, location = locations[0]?.id ?? '' } = asked.query;
      if (!locations.some(({ id }) => id === location))
        throw new InputRefused([
          `query.location: there is no such location; one of ${locations.map(({ id }) => id).join(', ')}`,
        ]);
      const start = atLocal(date, '00:00', zone);
      const next = atLocal(plusDays(date, 1), '00:00', zone);
      const days = [...new Set([start.slice(0, 10), next.slice(0, 10)])];
      const answer = await list(asked, asked.query, { date, location }, (from) =>
        pageOf(
          days.length,
          from,
          (n, place) => reading.appointmentsOn({ date: days[n] ?? '', location, start, end: next }, place),
          async ({ value }) =>
            value.startsAt < next && (await look.isThere(asked.viewer, value.journeyId)) ? shown(value) : undefined,
        ),
      );
      return { answer };
    }),
    'list-appointments-of-journey': route(appointmentOperations['list-appointments-of-journey'], async (asked) => {
      await look.reach(asked, asked.params.journeyId);
      const all = (await reading.appointmentsOf(asked.params.journeyId)).map(({ value }) => shown(value));
      return { answer: { items: all.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1)) } };
    }),
    'book-appointment': route(appointmentOperations['book-appointment'], async (asked) => {
      const { journeyId } = asked.params;
      await look.reach(asked, journeyId);
      return reply(await book({ ...asked, journeyId }, asked.body));
    }),
    'get-appointment': route(appointmentOperations['get-appointment'], async (asked) => reply(await find(asked))),
    'propose-times': route(appointmentOperations['propose-times'], async (asked) => {
      const { id } = await find(asked);
      const { limit = 5, notBefore } = asked.query;
      const { journeyId } = asked.params;
      return { answer: await journeys.proposeTimes({ journeyId, appointmentId: id, notBefore, limit }) };
    }),
    'propose-booking': route(appointmentOperations['propose-booking'], async (asked) => {
      const { limit = 5, notBefore, appointment } = asked.query;
      const { journeyId } = asked.params;
      await look.reach(asked, journeyId);
      return { answer: await journeys.proposeBooking({ journeyId, appointment, notBefore, limit }) };
    }),
    'move-appointment': route(appointmentOperations['move-appointment'], (asked) =>
      change(asked, 'reschedule-appointment', asked.body),
    ),
    'cancel-appointment': route(appointmentOperations['cancel-appointment'], (asked) =>
      change(asked, 'cancel-appointment', asked.body),
    ),
    'mark-no-show': route(appointmentOperations['mark-no-show'], (asked) => change(asked, 'mark-no-show', asked.body)),
    'check-in': route(appointmentOperations['check-in'], async (asked) => {
      const { journeyId } = asked.params;
      const { id } = await find(asked);
      const task = (await reading.tasksOf(journeyId))
        .map(({ value }) => value)
        .filter(({ kind, appointmentId }) => kind === 'dosing-day-check' && appointmentId === id)
        .findLast(({ state }) => state === 'open' || state === 'decided');
      if (task === undefined) throw new Refused('nobody is asked to check the patient in now');
      const by = actingAs(asked.viewer, mayAnswer(task), 'to check a patient in');
      const { answer, reason, data } = asked.body;
      return { answer: await decide(journeys, { journeyId, taskId: task.id, answer, by, reason, data }) };
    }),
  } satisfies Record<keyof typeof appointmentOperations, Route>;
};
