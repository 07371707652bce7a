import type { HonoRequest } from 'hono';
import * as z from 'zod';
import { instant, isPlainText } from '../../../contracts/api/values.ts';
import { localDate } from '../../../domain/clinic/time.ts';
import { isNonceOf } from './nonce.ts';
import { itemField } from './pages.ts';

const nonce = z.string().max(60);
const Form = z.discriminatedUnion('step', [
  z.object({ step: z.literal('prove'), nonce, bornOn: localDate }),
  z.object({ step: z.literal('visit'), nonce, answer: z.union([z.enum(['come', 'call', 'cancel']), instant]) }),
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
/** Answers to the questions of a form, by item, as they go into the record; what was left out is not answered. */
export const dataOf = (fields: Readonly<Record<string, unknown>>): { answers?: Record<string, number> } => {
  const answers = Object.entries(fields).flatMap(([name, value]): [string, number][] =>
    name.startsWith(itemField('')) && typeof value === 'string' && /^\d{1,3}$/.test(value)
      ? [[name.slice(itemField('').length), Number(value)]]
      : [],
  );
  return answers.length === 0 ? {} : { answers: Object.fromEntries(answers) };
};

/** The fields that a form of this link sent; undefined for whatever none of ours sends. */
export const formOf = async (request: HonoRequest, id: string) => {
  if (request.header('Content-Type')?.startsWith('application/x-www-form-urlencoded') !== true) return undefined;
  const fields = await request.parseBody();
  const { data } = Form.safeParse(fields);
  return data !== undefined && isNonceOf(id, data.nonce) ? { fields, asked: data } : undefined;
};
