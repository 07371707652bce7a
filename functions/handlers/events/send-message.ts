import * as z from 'zod';
import { systemClock } from '../../runtime/clock.ts';
import { frame } from '../../runtime/frame.ts';
import { type SendDeps, sendNow } from '../outbox/send-now.ts';
import { wireJourneys } from '../wiring/journeys.ts';
import { wireSenders } from '../wiring/senders.ts';

const Input = z.strictObject({ journeyId: z.string(), messageId: z.string() });
const Output = z.strictObject({});

/** A reminder's schedule has fired: sends the message, if it still may go out. */
export const sendMessage =
  (deps: SendDeps) =>
  async (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> => {
    await sendNow(deps)(input);
    return {};
  };

const wire = (): SendDeps => ({ journeys: wireJourneys(), ...wireSenders(), now: systemClock });

export const step = { name: 'send-message', input: Input, output: Output, wire, run: sendMessage };
export const handler = frame(step);
