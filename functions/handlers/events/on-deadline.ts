import * as z from 'zod';
import { DEADLINES } from '../../domain/journey/deadlines.ts';
import { frame } from '../../runtime/frame.ts';
import { askDeadline as askDeadlineAct } from '../../stores/journey/deadlines.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ journeyId: z.string(), deadline: z.enum(DEADLINES) });
const Output = z.strictObject({});

type Deps = { readonly journeys: Pick<JourneyStore, 'askDeadline'> };

/** A deadline's schedule has fired: the outbox is asked to look whether its time has come. */
export const onDeadline =
  ({ journeys }: Deps) =>
  async (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> => {
    await journeys.askDeadline(input);
    return {};
  };

const wire = (): Deps => ({ journeys: { askDeadline: wireAct(askDeadlineAct) } });

export const step = { name: 'on-deadline', input: Input, output: Output, wire, run: onDeadline };
export const handler = frame(step);
