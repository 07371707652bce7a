import type { Visit } from '../../functions/domain/messages/calendar-file.ts';

/** A visit as an e-mail tells a calendar of it. */
export const VISIT: Visit = {
  uid: '0123456789abcdef@visits',
  sequence: 0,
  cancelled: false,
  startsAt: '2026-03-05T17:00:00.000Z',
  endsAt: '2026-03-05T19:45:00.000Z',
  title: 'Visit, Cedar Clinic',
  note: 'Times can change; call 206-555-0100.',
};
