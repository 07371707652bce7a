import * as z from 'zod';
import { Run, Seen } from '../../contracts/run.ts';
import { frame } from '../../runtime/frame.ts';
import { nextPartner as nextPartnerAct } from '../../stores/journey/partners.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

/** `waits`: the machine can wait until the patient is cleared anew. */
const Input = z.strictObject({ run: Run, waits: z.boolean().optional() });
const Output = z.strictObject({
  choice: z.enum(['offer', 'placed', 'place', 'wait', 'end']),
  partner: z.string().nullable(),
  seen: Seen,
  round: z.int().min(0),
});

type Deps = { readonly journeys: Pick<JourneyStore, 'nextPartner'> };

/** Chooses to whom a patient’s care is offered next. */
export const choosePartner =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.nextPartner(input);

const wire = (): Deps => ({ journeys: { nextPartner: wireAct(nextPartnerAct) } });

export const step = { name: 'choose-partner', input: Input, output: Output, wire, run: choosePartner };
export const handler = frame(step);
