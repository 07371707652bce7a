import * as z from 'zod';
import { localDate } from '../clinic/time.ts';
import { parseInput } from '../problems.ts';

const text = z.string().trim().min(1);
const npi = z.string().regex(/^[0-9]{10}$/, 'ten digits');
const cents = z.int().min(0);

/** What a patient hands to their insurer (reference 6.7). It holds health information: it is given in the portal and nowhere else. */
export const Superbill = z.strictObject({
  clinic: z.strictObject({ npi, taxId: text }),
  rendering: z.strictObject({ npi }),
  patient: z.strictObject({ name: text, bornOn: localDate, address: text }),
  serviceOn: localDate,
  placeOfService: z.string().regex(/^[0-9]{2}$/, 'two digits such as 11'),
  diagnoses: z.array(z.string().regex(/^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$/, 'an ICD-10 code such as F33.2')).min(1),
  lines: z.array(z.strictObject({ code: text, units: z.int().min(1), charge: cents })).min(1),
  paid: cents,
});
export type Superbill = z.infer<typeof Superbill>;

/** Reads a superbill, or throws InputRefused with one line a gap or problem. */
export const parseSuperbill = (value: unknown, root = 'superbill'): Superbill => parseInput(Superbill, value, root);
