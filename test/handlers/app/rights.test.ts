import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../functions/contracts/api/operation.ts';
import { OPERATIONS } from '../../../functions/contracts/api/operations.ts';
import { RIGHTS } from '../../../functions/contracts/api/rights.ts';
import { keysOf, ROLES } from '../../../functions/domain/names.ts';
import { type ServedClinic, servedClinic } from '../../support/served-clinic.ts';

let served: ServedClinic;
beforeAll(async () => {
  served = await servedClinic();
});
afterAll(() => served.close());

/** A path of the right form that leads to nothing. */
const pathOf = ({ path }: Operation): string =>
  path
    .replace('{journeyId}', 'jnobody')
    .replace('{appointmentId}', 'consult-1')
    .replace('{number}', '1')
    .replace('{version}', '1')
    .replace('{programId}', 'northwest-iv')
    .replace('{practitionerId}', 'nurse-1')
    .replace('{messageId}', 'welcome-patient-1-1-1')
    .replace('{patientId}', 'nobody');

/** The table of rights once more, by hand: C coordinator, N nurse, T therapist, P provider, M medical director, O on call, X partner, I the patient. */
const READ_AGAIN: Readonly<Record<string, string>> = {
  'get-me': 'ICNTPMOXH',
  'get-clinic': 'ICNTPMOX',
  'get-settings': 'CM',
  'get-timetable': 'CNTPMO',
  'change-timetable': 'CM',
  'list-timetable-changes': 'CM',
  'list-practitioners': 'CNTPMOX',
  'get-practitioner': 'CNTPMOX',
  'list-programs': 'CNTPMOX',
  'get-program': 'CNTPMOX',
  'ask-for-consult': 'ICNTPMOXH',
  'request-consult': 'ICNTPMO',
  'list-commands': 'CNTPMO',
  'post-command': 'ICNTPMOX',
  'list-journeys': 'ICNTPMOX',
  'get-journey': 'ICNTPMOX',
  'list-names': 'ICNTPMOX',
  'list-events': 'ICNTPMOX',
  'get-record': 'INTPMO',
  'list-audit': 'M',
  'get-statistics': 'CM',
  'list-cycles': 'INTPMO',
  'list-measures': 'INTPMO',
  'list-safety-events': 'NTPMO',
  'export-patient': 'IM',
  'export-patient-fhir': 'IM',
  'list-notes': 'NTPMO',
  'write-note': 'T',
  'correct-note': 'T',
  'list-note-releases': 'NTPMO',
  'record-note-release': 'TM',
  'revoke-note-release': 'TM',
  'list-messages': 'ICNTPMO',
  'send-message-again': 'CNTPMO',
  'list-handoffs': 'CNTPMOX',
  'list-tasks': 'CNTPMOX',
  'list-tasks-of-journey': 'ICNTPMOX',
  'get-task': 'ICNTPMOX',
  'claim-task': 'CNTPMO',
  'release-task': 'CNTPMO',
  'reassign-task': 'CNTPMO',
  'decide-task': 'ICNTPMOX',
  'list-appointments': 'CNTPMO',
  'list-appointments-of-journey': 'ICNTPMOX',
  'book-appointment': 'CNTPMO',
  'get-appointment': 'ICNTPMOX',
  'propose-times': 'ICNTPMOX',
  'propose-booking': 'CNTPMO',
  'move-appointment': 'ICNTPMOX',
  'cancel-appointment': 'ICNTPMOX',
  'mark-no-show': 'CNTPMOX',
  'check-in': 'NPM',
};
const LETTER = {
  patient: 'I',
  chaperone: 'H',
  coordinator: 'C',
  nurse: 'N',
  therapist: 'T',
  provider: 'P',
  'medical-director': 'M',
  'on-call': 'O',
  partner: 'X',
} as const;

describe('what each role may do', () => {
  test('is the same read twice', () => {
    const read = Object.fromEntries(
      keysOf(RIGHTS).map((name) => [name, [...RIGHTS[name].map((role) => LETTER[role])].sort().join('')]),
    );
    const again = Object.fromEntries(Object.entries(READ_AGAIN).map(([name, all]) => [name, [...all].sort().join('')]));
    expect(read).toEqual(again);
  });

  test.each(keysOf(OPERATIONS).flatMap((name) => ROLES.map((role) => ({ name, role }))))(
    '$name by a $role',
    async ({ name, role }) => {
      const operation: Operation = OPERATIONS[name];
      const body = operation.method === 'post' ? { body: {} } : {};
      const { status, headers } = await served.ask(role, operation.method.toUpperCase(), pathOf(operation), {
        ...body,
        headers: { 'X-Test-Address': role },
      });
      const isAllowed = READ_AGAIN[name]?.includes(LETTER[role]) === true;
      if (isAllowed) expect([200, 400, 404]).toContain(status);
      else expect(status).toBe(403);
      expect(headers.get('Cache-Control')).toBe('no-store');
    },
  );

  const withToken = keysOf(OPERATIONS).filter((name) => OPERATIONS[name].limit === null);
  test('somebody without an account may ask for a first conversation, and for nothing else', async () => {
    expect(keysOf(OPERATIONS).filter((name) => !withToken.includes(name))).toEqual(['ask-for-consult']);
    expect((await served.ask(null, 'POST', OPERATIONS['ask-for-consult'].path)).status).toBe(400);
  });

  test.each(withToken)('%s by nobody', async (name) => {
    const operation: Operation = OPERATIONS[name];
    const { status, headers, body } = await served.ask(null, operation.method.toUpperCase(), pathOf(operation));
    expect(status).toBe(401);
    expect(headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(body).toMatchObject({ status: 401 });
  });
});
