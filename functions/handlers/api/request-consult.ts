import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ConsultRequest } from '../../contracts/consult-request.ts';
import { frame } from '../../runtime/frame.ts';
import { requestConsult as requestConsultAct } from '../../stores/journey/request-consult.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Output = z.union([
  z.strictObject({ accepted: z.literal(true), journeyId: z.string() }),
  z.strictObject({ accepted: z.literal(false), reason: z.string() }),
]);

type Deps = { readonly journeys: Pick<JourneyStore, 'requestConsult'> };

/** A journey's id is made of its request's, so that a repeated request is the same journey. */
const journeyIdOf = ({ patientId, requestId }: ConsultRequest): string =>
  `j${createHash('sha256')
    .update(JSON.stringify([patientId, requestId]))
    .digest('hex')
    .slice(0, 12)}`;

/** Takes a consult request and begins the journey. */
export const requestConsult =
  ({ journeys }: Deps) =>
  (input: ConsultRequest): Promise<z.infer<typeof Output>> =>
    journeys.requestConsult({ ...input, journeyId: journeyIdOf(input) });

const wire = (): Deps => ({ journeys: { requestConsult: wireAct(requestConsultAct) } });

export const step = { name: 'request-consult', input: ConsultRequest, output: Output, wire, run: requestConsult };
export const handler = frame(step);
