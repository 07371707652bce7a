import * as z from 'zod';
import { line } from '../program/values.ts';

/**
 * Whether the wording may stand in the file of an instrument. Where it may not, a clinic that has the holder's permission
 * writes it there itself, with who gave the permission and when.
 */
export const licence = z.strictObject({
  embed: z.boolean(),
  note: line,
  /** To be shown wherever the wording is. */
  notice: line.optional(),
  granted: z.strictObject({ by: line, on: z.iso.date() }).optional(),
});

type Worded = {
  readonly licence: z.infer<typeof licence>;
  readonly items: readonly { readonly text?: string | undefined }[];
};

/** Refuses wording that nobody has permitted, and wording of some items only. */
export const checkWording = ({ licence: { embed, granted }, items }: Worded, context: z.core.$RefinementCtx): void => {
  const worded = items.filter(({ text }) => text !== undefined);
  if (worded.length > 0 && !embed && granted === undefined)
    context.addIssue({
      code: 'custom',
      path: ['items'],
      message: 'has wording without permission; none, or licence.granted with who gave it and when',
    });
  if (worded.length > 0 && worded.length < items.length)
    context.addIssue({ code: 'custom', path: ['items'], message: 'has wording for some items; for all or for none' });
};
