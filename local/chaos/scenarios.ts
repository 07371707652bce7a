import fc from 'fast-check';
import { compact, type Json, record, seldom } from './arbitraries.ts';
import { patients } from './patients.ts';
import { rules, silences } from './people.ts';
import { missed, requests } from './requests.ts';

const MOST_COMMANDS = 10;

const starts = fc.integer({ min: 0, max: 364 }).map((day) => new Date(Date.UTC(2026, 0, 5 + day, 17)).toISOString());

/** Clinics that differ from the default one in what journeys feel most. */
const clinics = fc.constantFrom<Json>(
  { sending: null },
  { sending: ['10:00', '18:00'] },
  { rooms: [{ id: 'room-2', kit: [] }] },
  { holidays: ['2026-03-09', '2026-03-18', '2026-04-06'] },
  { partners: [{ id: 'partner-1', acceptWithin: 'PT4H' }] },
  { practitioners: [{ id: 'therapist-1', licence: { number: 'L-1', state: 'CA', expiresOn: '2026-04-03' } }] },
);

const troubles = record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  twice: seldom(fc.integer({ min: 1, max: 8 }), 1),
  late: seldom(fc.integer({ min: 10, max: 100 }), 2),
  dies: seldom(fc.integer({ min: 1, max: 5 }), 1),
});

/** Any patient of any of the programs, people who answer late, otherwise or never, and up to ten commands at any moment. */
export const scenarios = (programs: readonly string[]): fc.Arbitrary<Json> =>
  fc
    .record({
      program: fc.constantFrom(...programs),
      clinic: seldom(clinics, 6),
      start: seldom(starts, 1),
      patient: patients,
      people: fc.array(rules, { maxLength: 8 }),
      commands: fc.array(requests, { maxLength: MOST_COMMANDS }),
      gap: seldom(missed, 6),
      silence: seldom(silences, 9),
      trouble: seldom(troubles, 5),
    })
    .map(({ people, commands, gap, silence, ...scenario }) =>
      compact({
        ...scenario,
        people: [...(silence ?? []), ...(gap?.people ?? []), ...people],
        commands: [...(gap?.commands ?? []), ...commands.flat()].slice(0, MOST_COMMANDS),
        until: 'P6Y',
      }),
    );
