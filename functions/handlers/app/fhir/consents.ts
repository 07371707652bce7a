import type { Consent } from 'fhir/r4.js';
import type { ExportedJourney } from '../../../contracts/api/export.ts';
import { CONSENTS, type Consent as ConsentId } from '../../../domain/names.ts';
import { idOf, referenceTo } from './reference.ts';

/** To be treated, or what may be told to whom. */
const SCOPE: Readonly<Record<ConsentId, 'treatment' | 'patient-privacy'>> = {
  sms: 'patient-privacy',
  email: 'patient-privacy',
  treatment: 'treatment',
  privacy: 'patient-privacy',
  ride: 'treatment',
  telehealth: 'treatment',
  shareWithPartner: 'patient-privacy',
  shareWithOwnTherapist: 'patient-privacy',
};

/** What the patient was asked to agree to, and their yes or no. */
export const consentResources = ({ journey }: ExportedJourney): (Consent & { id: string })[] => {
  const { id: journeyId, patientId, clinical } = journey;
  const given = clinical?.consents ?? {};
  const signedAt = clinical?.consentsSignedAt;
  return CONSENTS.flatMap((consent): (Consent & { id: string })[] => {
    const agreed = given[consent];
    if (agreed === undefined) return [];
    return [
      {
        resourceType: 'Consent',
        id: idOf('Consent', journeyId, consent),
        status: agreed ? 'active' : 'rejected',
        scope: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: SCOPE[consent] }],
        },
        category: [{ text: consent }],
        patient: referenceTo('Patient', patientId),
        ...(signedAt && { dateTime: signedAt }),
        // R4 asks for a policy or a rule (ppc-1); the clinic's form is not the product's to name.
        policyRule: { text: 'The consent forms of the clinic' },
      },
    ];
  });
};
