import * as z from 'zod';
import { piecesOf } from './pieces.ts';

/** One visit as the calendar of whoever comes shows it; a move keeps the `uid` and raises the `sequence` (RFC 5545, 3.8.7.4). */
export const Visit = z.strictObject({
  uid: z.string(),
  sequence: z.int().min(0),
  cancelled: z.boolean(),
  startsAt: z.string(),
  endsAt: z.string(),
  title: z.string(),
  note: z.string(),
  place: z.string().optional(),
});
export type Visit = z.infer<typeof Visit>;

/** Who asks, who is asked, and when: RFC 5546 wants all three in an invitation. */
export type Invitation = {
  readonly now: string;
  readonly organizer: { readonly name: string; readonly address: string };
  readonly attendee: string;
};

/** RFC 5545, 3.1: a line has at most 75 octets, its break not counted. */
const LINE_OCTETS = 75;

/** A line in as many as it needs; each after the first begins with a space. */
const folded = (line: string): string => piecesOf(line, LINE_OCTETS, ' ').join('\r\n');

/** RFC 5545 takes no control character but the tab, and line breaks as they are written here. */
const CONTROLS = /[\p{Cc}--[\t\n]]/gv;

/** A text as RFC 5545 (3.3.11) has it. */
const escaped = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(CONTROLS, '')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');

/** The value of a parameter stands in quotes, which cannot be escaped in it. */
const quoted = (name: string): string => `"${name.replaceAll(CONTROLS, '').replaceAll(/["\n]/g, '')}"`;

/** An instant to the second in UTC, so that no calendar has to know the zone: `20260305T160000Z`. */
const utc = (instant: string): string => new Date(instant).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

/** What a calendar is to do with the file (RFC 5546): put the visit where it now is, or take it out. */
export const methodOf = ({ cancelled }: Visit): 'REQUEST' | 'CANCEL' => (cancelled ? 'CANCEL' : 'REQUEST');

/** An iCalendar file (RFC 5545) that asks for, moves or cancels one visit; nobody has to answer it. */
export const calendarFile = (visit: Visit, { now, organizer, attendee }: Invitation): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    // It names no software: a search for that would say what kind of clinic it is.
    'PRODID:-//Clinic//Visits//EN',
    `METHOD:${methodOf(visit)}`,
    'BEGIN:VEVENT',
    `UID:${visit.uid}`,
    `SEQUENCE:${visit.sequence}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(visit.startsAt)}`,
    `DTEND:${utc(visit.endsAt)}`,
    `STATUS:${visit.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    `SUMMARY:${escaped(visit.title)}`,
    `DESCRIPTION:${escaped(visit.note)}`,
    ...(visit.place === undefined ? [] : [`LOCATION:${escaped(visit.place)}`]),
    `ORGANIZER;CN=${quoted(organizer.name)}:mailto:${organizer.address}`,
    `ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:${attendee}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
