import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';

/** A telephone number with its country in E.164, e.g. `+12065550123`; undefined for whatever is none. */
export const readTelephone = (text: string): string | undefined => {
  const number = parsePhoneNumberFromString(text);
  return number?.isValid() === true && number.ext === undefined ? number.number : undefined;
};

const mail = z.email();

/** An e-mail address in the form in which it was given; undefined for whatever is none. */
export const readEmail = (text: string): string | undefined => mail.safeParse(text.trim()).data;
