import * as z from 'zod';
import { frame } from '../../runtime/frame.ts';
import { carryOut, type OutboxDeps } from '../outbox/carry-out.ts';
import { setAside } from '../outbox/set-aside.ts';
import { wireOutbox } from '../wiring/outbox.ts';

/** Records of the table's stream, keys only (DynamoDB Streams, KEYS_ONLY). */
const Input = z.object({
  Records: z.array(
    z.object({
      dynamodb: z.object({
        SequenceNumber: z.string(),
        Keys: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
      }),
    }),
  ),
});
/** Records that are to be delivered again (Lambda, ReportBatchItemFailures). */
const Output = z.strictObject({ batchItemFailures: z.array(z.strictObject({ itemIdentifier: z.string() })) });

/** Works off outbox rows as the table's stream shows them; what has to stay pending is left to the sweep. */
export const workOutbox = (deps: OutboxDeps) => {
  const carry = carryOut(deps);
  const putAside = setAside(deps);
  return async ({ Records }: z.infer<typeof Input>): Promise<z.infer<typeof Output>> => {
    const failed: { itemIdentifier: string }[] = [];
    for (const { dynamodb } of Records) {
      const { pk, sk } = dynamodb.Keys;
      try {
        const pending = await deps.journeys.pendingItem({ pk: pk.S, sk: sk.S });
        if (pending === undefined) continue;
        if ('unreadable' in pending) await putAside(pending);
        else if ((await carry(pending.item)) === 'done') await deps.journeys.strikeOff(pending);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        failed.push({ itemIdentifier: dynamodb.SequenceNumber });
      }
    }
    return { batchItemFailures: failed };
  };
};

export const step = { name: 'work-outbox', input: Input, output: Output, wire: wireOutbox, run: workOutbox };
export const handler = frame(step);
