import { piecesOf } from '../domain/messages/pieces.ts';

/** One e-mail of two forms: its text, and the calendar file that programs read instead. */
export type CalendarEmail = {
  /** As it is given to SES, e.g. `Cedar Clinic <care@cedar.example>`. */
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly file: string };
};

/** RFC 2047: a line of encoded words has at most 76 characters. 39 bytes make 52 of base64; its frame takes 12, `Subject: ` nine. */
const WORD_BYTES = 39;

/** A header's text whatever it holds: in encoded words no line break can begin a header of its own. */
const encodedWords = (text: string): string =>
  piecesOf(text.replaceAll(/\p{Cc}+/gu, ' '), WORD_BYTES)
    .map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`)
    .join('\r\n ');

const PRINTABLE = /^[\x20-\x7e]*$/;
/** Characters of a subject that a line of 76 holds beside its name. */
const SUBJECT_LENGTH = 67;

/** A subject as it is where a line holds it: filters against spam mistrust a head that is encoded without need. */
const subjectOf = (text: string): string =>
  PRINTABLE.test(text) && text.length <= SUBJECT_LENGTH && !text.includes('=?') ? text : encodedWords(text);

/** RFC 2045: lines of base64 have at most 76 characters. */
const base64Lines = (text: string): string =>
  Buffer.from(text)
    .toString('base64')
    .replaceAll(/.{76}(?=.)/g, '$&\r\n');

// No line of base64 begins with a hyphen, so no text can close a part.
const BOUNDARY = 'visit-part';

const part = (type: string, text: string): string =>
  [`--${BOUNDARY}`, `Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', '', base64Lines(text)].join('\r\n');

/** The e-mail as it goes over the wire (RFC 5322, 2046, 6047): two forms of the same, of which each program takes the one it knows. */
export const rawEmail = ({ from, to, subject, text, calendar }: CalendarEmail): string =>
  [
    `From: ${PRINTABLE.test(from.name) ? from.name : encodedWords(from.name)} <${from.address}>`,
    `To: ${to}`,
    `Subject: ${subjectOf(subject)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${BOUNDARY}"`,
    '',
    // RFC 2049: lines of a text end alike everywhere before they are encoded.
    part('text/plain; charset=UTF-8', text.replaceAll(/\r?\n/g, '\r\n')),
    part(`text/calendar; charset=UTF-8; method=${calendar.method}`, calendar.file),
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n');
