import * as z from 'zod';
import { JsonRecord } from '../domain/json-record.ts';
import { COMMAND_NAMES, ROLES } from '../domain/names.ts';

/** Something that somebody asks of a running journey. */
export const Command = z.strictObject({
  journeyId: z.string(),
  /** Of this asking, so that a repeated delivery gets the first answer. */
  commandId: z.string().min(1).max(100),
  command: z.enum(COMMAND_NAMES),
  by: z.strictObject({ role: z.enum(ROLES), id: z.string() }),
  reason: z.string().nullable(),
  data: JsonRecord,
});
export type Command = z.infer<typeof Command>;

/** Carried out, or refused with the reason; a refused command changes nothing. */
export const CommandAnswer = z.strictObject({ accepted: z.boolean(), reason: z.string().nullable() });
export type CommandAnswer = z.infer<typeof CommandAnswer>;
