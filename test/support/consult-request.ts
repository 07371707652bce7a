/** A consult request as a program sends it to the API, of somebody without a telephone. */
export const CONSULT_REQUEST = {
  patientId: 'hana',
  program: { id: 'northwest-iv' },
  zone: 'America/Los_Angeles',
  language: 'en',
  consents: { email: true },
  firstName: 'Hana',
  mobile: null,
  email: 'hana@example.org',
  fit: { reasons: [], goals: [], openToReflection: true, willAttendIntegration: true },
};
