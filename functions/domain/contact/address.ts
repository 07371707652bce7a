import { type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import * as z from 'zod';
// As JSON, so that it is deployed as a file beside the code; under the package's own name there is only a script that holds it.
import numbering from '../../../node_modules/libphonenumber-js/metadata.min.json' with { type: 'json' };

/** A telephone number with its country in E.164, e.g. `+12065550123`; undefined for whatever is none. */
export const readTelephone = (text: string): string | undefined => {
  // Named where a number is read: a function that reads none does not read the numbering plans of the world.
  const number = parsePhoneNumberFromString(text, numbering as MetadataJson);
  return number?.isValid() === true && number.ext === undefined ? number.number : undefined;
};

const mail = z.email();

/** An e-mail address in the form in which it was given; undefined for whatever is none. */
export const readEmail = (text: string): string | undefined => mail.safeParse(text.trim()).data;
