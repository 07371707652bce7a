import * as z from 'zod';
import { Follows, Run, Seen } from '../../contracts/run.ts';
import { APPOINTMENT_KINDS } from '../../domain/names.ts';
import { frame } from '../../runtime/frame.ts';
import { confirmAppointment as confirmAppointmentAct } from '../../stores/journey/series-steps.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, kind: z.enum(APPOINTMENT_KINDS), cycle: z.int().min(1).nullable() });
const Output = z.strictObject({ follows: Follows, seen: Seen, round: z.int().min(0) });

type Deps = { readonly journeys: Pick<JourneyStore, 'confirmAppointment'> };

/** Confirms an appointment before it is waited for. */
export const confirmAppointment =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.confirmAppointment(input);

const wire = (): Deps => ({ journeys: { confirmAppointment: wireAct(confirmAppointmentAct) } });

export const step = { name: 'confirm-appointment', input: Input, output: Output, wire, run: confirmAppointment };
export const handler = frame(step);
