import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { calendarFile, type Visit } from '../../../functions/domain/messages/calendar-file.ts';
import { VISIT } from '../../support/visit.ts';

const visit: Visit = { ...VISIT, place: '12 Cedar Street, Seattle' };
const invitation = {
  now: '2026-03-02T17:00:00.000Z',
  organizer: { name: 'Cedar Clinic', address: 'care@cedar.example' },
  attendee: 'ana@example.org',
};

const read = (file: string) => {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const event = calendar.getFirstSubcomponent('vevent');
  return {
    method: calendar.getFirstPropertyValue('method'),
    value: (name: string) => event?.getFirstPropertyValue(name)?.toString(),
    names: event?.getAllProperties().map(({ name }) => name) ?? [],
    organizer: event?.getFirstProperty('organizer')?.getFirstParameter('cn'),
  };
};

describe('A calendar file', () => {
  test('asks for the visit at its time, in UTC, from the clinic, and wants no answer', () => {
    const file = calendarFile(visit, invitation);
    const { method, value, organizer } = read(file);
    expect(method).toBe('REQUEST');
    expect(['uid', 'sequence', 'dtstart', 'dtend', 'status', 'summary', 'location'].map(value)).toEqual([
      '0123456789abcdef@visits',
      '0',
      '2026-03-05T17:00:00Z',
      '2026-03-05T19:45:00Z',
      'CONFIRMED',
      'Visit, Cedar Clinic',
      '12 Cedar Street, Seattle',
    ]);
    expect([organizer, value('organizer'), value('attendee')]).toEqual([
      'Cedar Clinic',
      'mailto:care@cedar.example',
      'mailto:ana@example.org',
    ]);
    expect(file).toContain('RSVP=FALSE');
  });

  test('takes a cancelled visit out', () => {
    const { method, value } = read(calendarFile({ ...visit, sequence: 2, cancelled: true }, invitation));
    expect([method, value('status'), value('sequence')]).toEqual(['CANCEL', 'CANCELLED', '2']);
  });

  test('of a visit by video names no place', () => {
    const { place: _, ...remote } = visit;
    expect(read(calendarFile(remote, invitation)).names).not.toContain('location');
  });

  test('brings any text unharmed, in lines of at most 75 octets, and lets none of it become a line of its own', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom('a\r\nATTENDEE:mailto:eve@example.org', 'x\nEND:VEVENT\nBEGIN:VALARM', '";:,\\', '🙂'.repeat(40)),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, place, name) => {
        const file = calendarFile(
          { ...visit, title, place },
          { ...invitation, organizer: { ...invitation.organizer, name } },
        );
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const { value, names } = read(file);
        const kept = (text: string) => text.replaceAll('\r\n', '\n').replaceAll(/[\p{Cc}--[\t\n]]/gv, '');
        expect([value('summary'), value('location')]).toEqual([kept(title), kept(place)]);
        expect(names.filter((each) => each === 'attendee')).toHaveLength(1);
      }),
    );
  });
});
