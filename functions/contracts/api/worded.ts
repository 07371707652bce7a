import * as z from 'zod';
import { localDate } from '../../domain/clinic/time.ts';
import { instant } from './values.ts';

/** A moment that a form may ask for by a day and a time of the clock. */
export const instantGiven = instant.meta({ format: 'date-time' });
/** A day of the calendar. */
export const day = localDate.meta({ format: 'date' });

/** One of a few values, each with the words that people read. */
export const oneOf = (choices: readonly (readonly [value: string | number, words: string])[]) =>
  z.union(choices.map(([value, words]) => z.literal(value).meta({ title: words })));
