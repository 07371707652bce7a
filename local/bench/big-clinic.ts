import clinic from '../../programs/clinic/clinic.json' with { type: 'json' };
import { ruleFile } from '../rehearsal/requests.ts';
import { readScenario, type Scenario } from '../rehearsal/scenario.ts';

const PARTNER = 'partner-1';
const PEOPLE = ['coordinator', 'nurse', 'provider', 'therapist'] as const;

const room = clinic.rooms[0];
const hours = clinic.practitioners[0]?.hours;

const numbered = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

const idOf = (role: (typeof PEOPLE)[number], number: number): string => `${role}-bench-${number}`;

/** A room, and somebody in each role that the program books, for each of so many patients; the therapists are a partner's. */
const staffFor = (journeys: number) => ({
  rooms: numbered(journeys, (number) => ({ ...room, id: `room-bench-${number}` })),
  practitioners: PEOPLE.flatMap((role) =>
    numbered(journeys, (number) => {
      const id = idOf(role, number);
      return {
        id,
        roles: [role],
        licence: { number: id, state: 'CA', expiresOn: '2028-12-31' },
        hours,
        holidays: [],
        ...(role === 'therapist' && { partner: PARTNER }),
        email: `${id}@clinic.example`,
        phone: clinic.phone,
      };
    }),
  ),
});

/** The default scenario in a clinic that is large enough for so many patients at once. */
export const roomyScenario = (program: string, journeys: number): Promise<Scenario> =>
  readScenario({ program, clinic: staffFor(journeys) });

/** The scenario as one of its patients lives it: the partner names a therapist who has time. */
export const asPatient = (scenario: Scenario, number: number): Scenario => ({
  ...scenario,
  people: [ruleFile.parse({ task: 'partner-offer', data: { therapist: idOf('therapist', number) } })],
});
