import * as z from 'zod';
import { systemClock } from '../../runtime/clock.ts';
import { frame } from '../../runtime/frame.ts';
import { claimMessage as claimMessageAct } from '../../stores/journey/claim-message.ts';
import { recordSending as recordSendingAct } from '../../stores/journey/record-sending.ts';
import { type SendDeps, sendNow } from '../outbox/send-now.ts';
import { wireAct } from '../wiring/journeys.ts';
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

const wire = (): SendDeps => ({
  journeys: { claimMessage: wireAct(claimMessageAct), recordSending: wireAct(recordSendingAct) },
  ...wireSenders(),
  now: systemClock,
});

export const step = { name: 'send-message', input: Input, output: Output, wire, run: sendMessage };
export const handler = frame(step);
