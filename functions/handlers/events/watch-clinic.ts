import * as z from 'zod';
import { frame } from '../../runtime/frame.ts';
import { measure } from '../../runtime/measure.ts';
import { watchClinic as watchClinicAct } from '../../stores/journey/watch-clinic.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.object({});
const Output = z.strictObject({ overdueTasks: z.int(), unacknowledgedPages: z.int(), oldestOutboxItem: z.int() });

type Deps = { readonly journeys: Pick<JourneyStore, 'watchClinic'>; readonly measure: typeof measure };

/** The heartbeat: called by a schedule as reminders are, it measures what alarms look at; when it falls silent, reminders have too. */
export const watchClinic =
  ({ journeys, measure }: Deps) =>
  async (): Promise<z.infer<typeof Output>> => {
    const watched = await journeys.watchClinic({});
    measure({
      OverdueTasks: watched.overdueTasks,
      UnacknowledgedPages: watched.unacknowledgedPages,
      OldestOutboxItem: watched.oldestOutboxItem,
    });
    return watched;
  };

const wire = (): Deps => ({ journeys: { watchClinic: wireAct(watchClinicAct) }, measure });

export const step = { name: 'watch-clinic', input: Input, output: Output, wire, run: watchClinic };
export const handler = frame(step);
