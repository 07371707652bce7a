import type { Follows, Run } from '../../contracts/run.ts';
import { baselineTotal } from '../../domain/follow-up/measures.ts';
import { isStanding } from '../../domain/journey/appointment.ts';
import { isOwed } from '../../domain/journey/cycle.ts';
import { isHalted } from '../../domain/journey/journey.ts';
import type { Ask } from '../../domain/journey/task.ts';
import type { AppointmentKind } from '../../domain/names.ts';
import { improvement } from '../../domain/series/response.ts';
import { whatNext } from '../../domain/series/what-next.ts';
import { appointments, cycles, journeyPartition, measures } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { changeAppointment, newestAppointment } from './appointment-acts.ts';
import { cyclesOf } from './cycles.ts';
import { type Desk, type DeskPorts, deskFor, holdLine } from './desk.ts';
import { type Carried, carried } from './main-line.ts';

export type Step = Carried & { readonly follows: Follows };

const appointmentOf = async (desk: Desk, kind: AppointmentKind, number: number | null) => {
  if (kind !== 'integration' || number === null) return newestAppointment(desk, kind);
  const cycle = await desk.need(cycles, { journeyId: desk.journey.id, number });
  return cycle.integrationAppointmentId === null
    ? undefined
    : desk.get(appointments, { journeyId: desk.journey.id, id: cycle.integrationAppointmentId });
};

/** Confirms a booked appointment before it is waited for; without one it has to be booked again, unless nothing is owed any more. */
export const confirmAppointment = (
  ports: DeskPorts,
  input: { run: Run; kind: AppointmentKind; cycle: number | null },
): Promise<Step> =>
  transact(ports, 'confirm-appointment', async (transaction): Promise<Step> => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const result = async (follows: Follows): Promise<Step> => ({ ...(await carried(desk)), follows });
    const cycle =
      input.cycle === null ? undefined : await desk.get(cycles, { journeyId: desk.journey.id, number: input.cycle });
    if (input.kind === 'integration' && cycle !== undefined && !isOwed(cycle)) return result('done');
    if (isHalted(desk.journey) && input.kind !== 'integration') return result('end');
    const appointment = await appointmentOf(desk, input.kind, input.cycle);
    if (appointment === undefined || (!isStanding(appointment) && appointment.state !== 'attended'))
      return result('book-again');
    if (appointment.state === 'booked') changeAppointment(desk, appointment, 'confirmed', 'confirmed');
    return result('go-on');
  });

export type NextStep = Carried & {
  readonly follows: Follows;
  readonly to: { readonly machine: 'cycle' | 'completion'; readonly number: number };
  /** What a clinician is asked; null where nobody has to decide. */
  readonly question: Ask | null;
};

/** What follows a cycle: its integration is still to be booked, the provider sees the patient, a clinician decides, the next dose, or the completion. */
export const planNextStep = (ports: DeskPorts, input: { run: Run; cycle: number }): Promise<NextStep> =>
  transact(ports, 'plan-next-step', async (transaction): Promise<NextStep> => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const { journeyId } = input.run;
    const all = await cyclesOf(desk);
    const current = await desk.need(cycles, { journeyId, number: input.cycle });
    const taken = await desk.list(measures, journeyPartition(journeyId), 'measure#');
    const totalsSince = (measure: string): number[] => {
      const of = taken.filter((each) => each.measure === measure);
      const first = all.find(({ startedAt }) => startedAt !== null)?.startedAt ?? desk.now;
      const baseline = baselineTotal(of, first, desk.clinic.policy.baselineMeasureWithin, desk.journey.zone);
      return baseline === null ? [] : [baseline, ...of.filter(({ at }) => at > first).map(({ total }) => total)];
    };
    const next = whatNext(desk.program, desk.journey, all, current, (measure) => {
      const instrument = desk.library.measure(measure);
      return instrument === undefined ? undefined : improvement(instrument, totalsSince(measure));
    });
    const result = async (follows: Follows, to: NextStep['to'], question: Ask | null = null): Promise<NextStep> => ({
      ...(await carried(desk)),
      follows,
      to,
      question,
    });
    const completion = { machine: 'completion', number: 1 } as const;
    switch (next.kind) {
      case 'next-dose':
        return result('go-on', { machine: 'cycle', number: input.cycle + 1 });
      case 'completion':
        return result('go-on', completion);
      case 'decision':
        return result('review', completion, { kind: next.task, cycle: input.cycle });
      case 'provider-review':
        return result('meet', completion, {
          kind: 'response-review',
          cycle: input.cycle,
          appointment: 'provider-review',
        });
      case 'integration':
        return result('book-again', completion);
    }
  });
