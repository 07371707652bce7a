import * as z from 'zod';
import { CHANNELS, MESSAGE_ANCHORS, MESSAGE_KINDS } from '../names.ts';
import { approximateSeconds, distinct, line, signedDuration, slug, wallTime } from './values.ts';

const shape = {
  id: slug,
  message: z.enum(MESSAGE_KINDS),
  audience: z.enum(['patient', 'chaperone']),
  anchor: z.enum(MESSAGE_ANCHORS),
  /** From the anchor: days count local dates, hours elapsed time. */
  offset: signedDuration,
  /** The wall time in the patient's zone, where the offset is of whole days. */
  at: wallTime.optional(),
  /** From the anchor: what is later than this is of no use. */
  usefulUntil: signedDuration,
  /** In the order in which they are tried. */
  channels: z.array(z.enum(CHANNELS)).min(1).refine(distinct, 'names a channel twice; each once'),
};

type Notice = { offset: string; usefulUntil: string; at?: string | undefined };

const checkTimes = ({ offset, usefulUntil, at }: Notice, context: z.core.$RefinementCtx): void => {
  if (approximateSeconds(usefulUntil) < approximateSeconds(offset))
    context.addIssue({
      code: 'custom',
      path: ['usefulUntil'],
      message: `${usefulUntil} is before the message is due (${offset}); at or after offset`,
    });
  if (at !== undefined && offset.includes('T'))
    context.addIssue({
      code: 'custom',
      path: ['at'],
      message: `does not go with an offset in hours (${offset}); only with days`,
    });
};

/** A message that reminds a patient or chaperone of something booked or owed. */
export const reminder = z
  .strictObject({ ...shape, unless: z.enum(['integration-done', 'form-answered']).optional() })
  .superRefine(checkTimes);

/** A neutral notice that something to read is ready; the text is read after the person has identified themselves. */
export const education = z
  .strictObject({
    ...shape,
    message: z.enum(['education', 'expectation']),
    topics: z.array(slug).min(1),
    links: z.array(z.strictObject({ title: line, url: z.httpUrl({ error: 'a web address' }) })).optional(),
  })
  .superRefine(checkTimes);
