import * as z from 'zod';
import { readInstant } from '../../domain/time/instants.ts';

/** No parameters of this sort. */
export const none = z.strictObject({});
/** A request without a body. */
export const noBody = z.undefined();

/** Control characters besides tab and the ends of lines; in the spelling of JSON Schema. */
const CONTROL = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`;
/** The pattern of text without control characters, as JSON Schema writes it. */
export const PLAIN = `^[^${CONTROL}]*$`;
const plain = new RegExp(PLAIN);

/** Whether text holds no control characters and no half of a character. */
export const isPlainText = (text: string): boolean => plain.test(text) && text.isWellFormed();

const PLAIN_WORDS = 'text without control characters';
/** Text that people wrote, in characters. */
export const text = (most: number) =>
  z.string().min(1).max(most).refine(isPlainText, PLAIN_WORDS).meta({ pattern: PLAIN, description: PLAIN_WORDS });

/** Why something was done, as people say it. */
export const reason = text(2_000);

const INSTANT_WORDS = 'an instant that exists, with Z or an offset, such as 2026-03-02T09:00:00-08:00';
const INSTANT =
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,3})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$';
/** A moment as people give it, kept in UTC. */
export const instant = z
  .string()
  .refine((given) => readInstant(given) !== undefined, INSTANT_WORDS)
  .meta({ pattern: INSTANT, description: INSTANT_WORDS })
  .transform((given) => readInstant(given) ?? given);

/** A moment as it is answered: in UTC, with milliseconds. */
export const moment = z.string().meta({ format: 'date-time' });

const whole = (pattern: RegExp, words: string) => z.string().regex(pattern, words).transform(Number);

/** Journeys have short ids of letters and digits. */
export const journeyId = z.string().regex(/^j[0-9a-z]{1,40}$/);
/** Up to 100 journeys, once each. */
export const journeyIds = z
  .string()
  .regex(/^j[0-9a-z]{1,40}(,j[0-9a-z]{1,40}){0,99}$/, 'up to 100 ids of journeys with commas between')
  .transform((given) => [...new Set(given.split(','))]);
/** An id of the clinic's files: of a person, a practice, a program. */
export const named = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60);
/** A number counted from 1, in a path. */
export const numbered = whole(/^[1-9][0-9]{0,5}$/, 'a whole number from 1 to 999999');

/** How a list is read: at most 100 at a time, and on from where the page before ended. */
export const paging = {
  limit: whole(/^([1-9][0-9]?|100)$/, 'a whole number from 1 to 100').optional(),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,2000}$/, 'the "next" of the page before')
    .optional(),
};
/** How many are on a page when nobody says. */
export const USUAL_PAGE = 50;

/** One page of a list; `next` is null on the last. A page may hold fewer than asked for and still have a next one. */
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item).max(100), next: z.string().nullable() });

/** A list that is answered whole. */
export const everyOne = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });
