const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';

/** How many of the 160 places a character takes in the GSM 7-bit alphabet (3GPP TS 23.038). */
const PLACES = new Map([...[...BASIC].map((c) => [c, 1] as const), ...[...EXTENSION].map((c) => [c, 2] as const)]);

/** Characters that writers and date formats use and that no accent explains. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '`': "'",
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  œ: 'oe',
  Œ: 'OE',
};

/** An SMS of this many places or fewer is sent, and paid, as one. */
export const SMS_LENGTH = 160;

/** The places that a text takes in an SMS; infinite when a character would turn it into 70-character parts. */
export const gsm7Length = (text: string): number => {
  let length = 0;
  for (const character of text) length += PLACES.get(character) ?? Number.POSITIVE_INFINITY;
  return length;
};

/** What a text takes as an SMS: its places, of how many that one SMS has, and the SMS that are paid for it. */
export type SmsSize = { readonly places: number; readonly of: number; readonly segments: number };

// A part of a longer text gives seven places (three UTF-16 units) to a header that joins it to the others; no character is cut in two.
const ALPHABETS = [
  { one: SMS_LENGTH, part: 153, placesOf: (character: string): number => gsm7Length(character) },
  { one: 70, part: 67, placesOf: (character: string): number => character.length },
] as const;

/** Counts a text in septets of the GSM 7-bit alphabet, or in UTF-16 units where a character is outside it (3GPP TS 23.038, 23.040). */
export const smsSize = (text: string): SmsSize => {
  const { one, part, placesOf } = ALPHABETS[gsm7Length(text) < Number.POSITIVE_INFINITY ? 0 : 1];
  let [places, segments, left] = [0, 1, part];
  for (const character of text) {
    const taken = placesOf(character);
    places += taken;
    if (taken > left) [segments, left] = [segments + 1, part];
    left -= taken;
  }
  return { places, of: one, segments: places <= one ? 1 : segments };
};

const OUTSIDE = new RegExp(`[^${[...PLACES.keys()].join('').replaceAll(/[\\\]^-]/g, '\\$&')}]`, 'gu');

const fold = (character: string): string => {
  const plain = LOOKALIKES[character] ?? character.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return gsm7Length(plain) < Number.POSITIVE_INFINITY ? plain : '?';
};

/** Writes a text in the SMS alphabet: `á í ó ú` lose their accent (`é ñ ü` are in it), so that a text stays one SMS. */
export const toGsm7 = (text: string): string => text.normalize('NFC').replaceAll(OUTSIDE, fold);
