import * as z from 'zod';
import { TASK_KINDS } from '../names.ts';

/** One line, or a list of lines; a place in braces is filled in: `{startsAt}`. */
const Text = z.union([z.string().max(4_000), z.array(z.string().max(1_000)).max(60)]);
export type Text = z.infer<typeof Text>;

/** Sentence parts that texts share, and what calendars show; of each the first whose places can all be filled is taken. */
export const PHRASES = [
  'greeting',
  'where',
  'by',
  'reach',
  'open',
  'answer',
  'change',
  'coming',
  'stillComing',
  'signature',
  'calendarTitle',
  'calendarNote',
] as const;
export type Phrase = (typeof PHRASES)[number];

/** The texts of one occasion by channel; `call` is the script for the person who calls. */
const Entry = z.strictObject({
  email: z.strictObject({ subject: z.string().min(1).max(120), text: Text }).optional(),
  sms: z.strictObject({ text: Text }).optional(),
  call: z.strictObject({ text: Text }).optional(),
});

/** Every text of one language, as the clinic edits it; `messages` is keyed by kind or by `kind.variant`. */
export const Catalogue = z.strictObject({
  phrases: z.record(z.enum(PHRASES), z.array(z.string().max(1_000)).min(1)),
  /** One plain sentence for each kind of task, for the people who work. */
  tasks: z.record(z.enum(TASK_KINDS), z.string().min(1).max(80)),
  messages: z.record(z.string(), Entry),
});
export type Catalogue = z.infer<typeof Catalogue>;
