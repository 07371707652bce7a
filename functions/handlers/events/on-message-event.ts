import * as z from 'zod';
import { CarrierInput, carrierEvents, inboundTexts } from '../../contracts/carrier-events.ts';
import { frame } from '../../runtime/frame.ts';
import { measure } from '../../runtime/measure.ts';
import { heedText as heedTextAct } from '../../stores/journey/heed-text.ts';
import { recordDelivery as recordDeliveryAct } from '../../stores/journey/record-sending.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Output = z.strictObject({ events: z.int() });

type Deps = {
  readonly journeys: Pick<JourneyStore, 'recordDelivery' | 'heedText'>;
  readonly measure: typeof measure;
};

/** A carrier reports what became of a message (delivered, or the other channel or a person takes over), or brings what somebody texted. */
export const onMessageEvent =
  ({ journeys, measure }: Deps) =>
  async (input: CarrierInput): Promise<z.infer<typeof Output>> => {
    const events = carrierEvents(input);
    const failed = events.filter(({ event }) => event === 'failed').length;
    if (failed > 0) measure({ FailedSends: failed });
    for (const event of events) await journeys.recordDelivery(event);
    const texts = inboundTexts(input);
    for (const { inboundMessageId, originationNumber, messageBody } of texts)
      await journeys.heedText({ id: inboundMessageId, from: originationNumber, text: messageBody });
    return { events: events.length + texts.length };
  };

const wire = (): Deps => ({
  journeys: { recordDelivery: wireAct(recordDeliveryAct), heedText: wireAct(heedTextAct) },
  measure,
});

export const step = { name: 'on-message-event', input: CarrierInput, output: Output, wire, run: onMessageEvent };
export const handler = frame(step);
