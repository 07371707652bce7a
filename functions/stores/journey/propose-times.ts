import type { Refusal } from '../../domain/booking/candidates.ts';
import type { Slot } from '../../domain/booking/propose-slots.ts';
import { appointments, cycles } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { pairProposals, slotProposals } from './booking.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { appointmentNamed } from './pair.ts';
import { claimName } from './pair-moves.ts';

type Time = { startsAt: string; endsAt: string; practitioners: string[]; room: string | null };

/** Times that are free, a dose's with its integration, and why the times before them were refused. */
export type ProposedTimes = {
  readonly proposals: (Time & { integration: Time | null })[];
  readonly refusals: Refusal[];
};

const timeOf = ({ startsAt, endsAt, practitioners, room }: Slot): Time => ({
  startsAt,
  endsAt,
  practitioners: practitioners.map(({ id }) => id),
  room: room ?? null,
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
      const { proposals, refusals } = await pairProposals(desk, { cycle: number, ignoring, ...when }, input.limit);
      return {
        proposals: proposals.map((pair) => ({ ...timeOf(pair.dosing), integration: timeOf(pair.integration) })),
        refusals: [...refusals],
      };
    }
    const asked = { ...when, ignoring: [claimName(appointment)] };
    const { proposals, refusals } = await slotProposals(desk, appointment.kind, asked, input.limit);
    return {
      proposals: proposals.map((slot) => ({ ...timeOf(slot), integration: null })),
      refusals: [...refusals],
    };
  });
