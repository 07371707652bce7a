import * as z from 'zod';
import { parseInput } from '../problems.ts';
import { readInstant } from '../time/instants.ts';

const instant = z.string().refine((text) => readInstant(text) !== undefined, 'an instant such as 2026-03-05T17:30:00Z');
const mmHg = z.number().min(0).max(400);

/** One set of readings of a session with its time; blood pressure in mmHg, oxygen in percent, breaths a minute, MOAA/S 0 to 5. */
export const SessionReading = z.strictObject({
  at: instant,
  sbp: mmHg.optional(),
  dbp: mmHg.optional(),
  heartRate: z.number().min(0).max(400).optional(),
  spo2: z.number().min(0).max(100).optional(),
  respiratoryRate: z.number().min(0).max(100).optional(),
  moaas: z.int().min(0).max(5).optional(),
  dissociation: z.int().min(0).max(3).optional(),
  symptoms: z.array(z.string().max(60)).max(20).optional(),
});
export type SessionReading = z.infer<typeof SessionReading>;

const SessionReadings = z.array(SessionReading).max(500);

/** Reads what was measured during a session, oldest first, or throws InputRefused with one line a problem. */
export const parseReadings = (value: unknown): SessionReading[] =>
  parseInput(SessionReadings, value, 'data.readings').map((each) => ({ ...each, at: readInstant(each.at) ?? each.at }));
