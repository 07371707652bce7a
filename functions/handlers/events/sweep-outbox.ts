import * as z from 'zod';
import { minus } from '../../domain/time/instants.ts';
import { frame } from '../../runtime/frame.ts';
import { carryOut, type OutboxDeps } from '../outbox/carry-out.ts';
import { setAside } from '../outbox/set-aside.ts';
import { wireOutbox } from '../wiring/outbox.ts';

const Input = z.object({});
const Output = z.strictObject({ done: z.int(), left: z.int() });

/** Rows younger than this are the stream's; the sweep takes what it left. */
const LEFT_ALONE = 'PT1M';

/** Finishes outbox rows that were left pending: everything that follows a commit happens in the end. */
export const sweepOutbox = (deps: OutboxDeps) => {
  const carry = carryOut(deps);
  const putAside = setAside(deps);
  return async (): Promise<z.infer<typeof Output>> => {
    let done = 0;
    let looked = 0;
    let firstError: unknown;
    const before = minus(deps.now(), LEFT_ALONE);
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await deps.journeys.pendingItems({ before, ...(cursor !== '' && { cursor }) });
      for (const pending of page.items) {
        looked += 1;
        try {
          if ('unreadable' in pending) {
            await putAside(pending);
            done += 1;
            continue;
          }
          const carried = await carry(pending.item);
          if (carried === 'pending') continue;
          if (carried === 'done') await deps.journeys.strikeOff(pending);
          done += 1;
        } catch (error) {
          // One item that cannot be carried out must not keep the others waiting; the alarm sees the rethrown error.
          firstError ??= error;
        }
      }
      cursor = page.cursor;
    }
    if (firstError !== undefined) throw firstError;
    return { done, left: looked - done };
  };
};

export const step = { name: 'sweep-outbox', input: Input, output: Output, wire: wireOutbox, run: sweepOutbox };
export const handler = frame(step);
