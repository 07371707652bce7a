import type { Patient } from 'fhir/r4.js';
import type { ExportedJourney } from '../../../contracts/api/export.ts';
import { idOf } from './reference.ts';

/** Who the patient is, as their latest journey has it. */
export const patientResource = (patientId: string, { journey }: ExportedJourney): Patient & { id: string } => {
  const { contact, language } = journey;
  const telecom: NonNullable<Patient['telecom']> = [];
  if (contact?.mobile) telecom.push({ system: 'phone', use: 'mobile', value: contact.mobile });
  if (contact?.email) telecom.push({ system: 'email', value: contact.email });
  return {
    resourceType: 'Patient',
    id: idOf('Patient', patientId),
    identifier: [{ value: patientId }],
    ...(contact && { name: [{ given: [contact.firstName] }] }),
    ...(telecom.length > 0 && { telecom }),
    ...(contact?.bornOn && { birthDate: contact.bornOn }),
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: language }] }, preferred: true }],
  };
};
