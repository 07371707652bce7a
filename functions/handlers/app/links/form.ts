import type { HonoRequest } from 'hono';
import * as z from 'zod';
import { instant, isPlainText } from '../../../contracts/api/values.ts';
import { localDate } from '../../../domain/clinic/time.ts';
import { PICK_UP_ANSWERS } from '../../../domain/links/by-link.ts';
import type { Texts } from '../forms/record-names.ts';
import { isNonceOf } from './nonce.ts';

const nonce = z.string().max(60);
const Form = z.discriminatedUnion('step', [
  z.object({ step: z.literal('prove'), nonce, bornOn: localDate }),
  z.object({ step: z.literal('visit'), nonce, answer: z.union([z.enum(['come', 'call', 'cancel']), instant]) }),
  z.object({ step: z.literal('pick-up'), nonce, answer: z.enum(PICK_UP_ANSWERS) }),
  z.object({
    step: z.literal('answer'),
    nonce,
    number: z
      .string()
      .regex(/^[1-9]\d{0,5}$/)
      .transform(Number),
    answer: z.string().max(60),
    reason: z
      .string()
      .max(2_000)
      .refine(isPlainText)
      .transform((text) => text.trim() || null)
      .default(null),
  }),
]);
/** What the fields of the record begin with. */
export const RECORD = 'data';

const textsOf = (fields: Readonly<Record<string, unknown>>): Texts =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

/** The fields that a form of this link sent; undefined for whatever none of ours sends. */
export const formOf = async (request: HonoRequest, id: string) => {
  if (request.header('Content-Type')?.startsWith('application/x-www-form-urlencoded') !== true) return undefined;
  const fields = await request.parseBody();
  const { data } = Form.safeParse(fields);
  return data !== undefined && isNonceOf(id, data.nonce) ? { texts: textsOf(fields), asked: data } : undefined;
};
