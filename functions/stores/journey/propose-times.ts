import type { Proposals, Refusal } from '../../domain/booking/candidates.ts';
import type { Pair } from '../../domain/booking/propose-pairs.ts';
import type { Slot } from '../../domain/booking/propose-slots.ts';
import { appointments, cycles } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { standingAppointment } from './appointment-acts.ts';
import { pairProposals, slotProposals } from './booking.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { appointmentNamed } from './pair.ts';
import { claimName } from './pair-moves.ts';

type Time = { startsAt: string; endsAt: string; practitioners: string[]; room: string | null };

/** Times that are free, a dose's with its integration, and why the times before them were refused. */
export type ProposedTimes = {
  readonly proposals: (Time & { integration: Time | null })[];
  readonly refusals: (Omit<Refusal, 'reason'> & { readonly reason: Refusal['reason'] | 'booked-already' })[];
};

const timeOf = ({ startsAt, endsAt, practitioners, room }: Slot): Time => ({
  startsAt,
  endsAt,
  practitioners: practitioners.map(({ id }) => id),
  room: room ?? null,
});

const ofPairs = ({ proposals, refusals }: Proposals<Pair>): ProposedTimes => ({
  proposals: proposals.map((pair) => ({ ...timeOf(pair.dosing), integration: timeOf(pair.integration) })),
  refusals: [...refusals],
});
const ofSlots = ({ proposals, refusals }: Proposals<Slot>): ProposedTimes => ({
  proposals: proposals.map((slot) => ({ ...timeOf(slot), integration: null })),
  refusals: [...refusals],
});

/** What may be booked before it is there; an integration comes with its dose. */
export type Bookable = 'consult' | 'preparation' | 'dosing';

/** Says at which times the next appointment of a kind can be booked, by the rules that a booking is held to. Writes nothing. */
export const proposeBooking = (
  ports: DeskPorts,
  input: { journeyId: string; appointment: Bookable; notBefore?: string | undefined; limit: number },
): Promise<ProposedTimes> =>
  transact(ports, 'propose-booking', async (transaction) => {
    const { appointment: kind, notBefore, limit } = input;
    const desk = await deskFor(ports, transaction, input.journeyId);
    const when = notBefore === undefined ? {} : { notBefore };
    if (kind !== 'dosing') return ofSlots(await slotProposals(desk, kind, when, limit));
    const standing = await standingAppointment(desk, kind);
    // Its spacing is counted from the doses before it: the one that stands must be over first.
    if (standing !== undefined) {
      const { id, startsAt } = standing;
      return { proposals: [], refusals: [{ startsAt, lastStartsAt: startsAt, reason: 'booked-already', detail: id }] };
    }
    return ofPairs(await pairProposals(desk, { cycle: 0, ...when }, limit));
  });

/** Says to which times an appointment can be moved, by the rules that a move is held to. Writes nothing. */
export const proposeTimes = (
  ports: DeskPorts,
  input: { journeyId: string; appointmentId: string; notBefore?: string | undefined; limit: number },
): Promise<ProposedTimes> =>
  transact(ports, 'propose-times', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    const appointment = await desk.need(appointments, { journeyId: input.journeyId, id: input.appointmentId });
    const when = input.notBefore === undefined ? {} : { notBefore: input.notBefore };
    if (appointment.kind === 'dosing') {
      const number = appointment.cycle ?? 0;
      const cycle = await desk.need(cycles, { journeyId: input.journeyId, number });
      const integration = await appointmentNamed(desk, cycle.integrationAppointmentId);
      const ignoring = [appointment, ...(integration === undefined ? [] : [integration])].map(claimName);
      return ofPairs(await pairProposals(desk, { cycle: number, ignoring, ...when }, input.limit));
    }
    const asked = { ...when, ignoring: [claimName(appointment)] };
    return ofSlots(await slotProposals(desk, appointment.kind, asked, input.limit));
  });
