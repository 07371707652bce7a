import type { ConsultRequest as Request } from '../../functions/contracts/consult-request.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import type { Patient } from '../rehearsal/patient.ts';

/** Addresses of rehearsed patients: reserved numbers and domains that reach nobody (555-01xx; RFC 2606). */
export const ADDRESSES = {
  mobile: { working: '+12065550123', undelivered: '+12065550199', none: null },
  email: { working: 'patient@example.org', bounces: 'bounces@example.org', none: null },
  chaperone: '+12065550150',
} as const;

/** Who takes a rehearsed patient home. */
export const CHAPERONE = { name: 'Sam', mobile: ADDRESSES.chaperone } as const;

/** Those of them that do not work. */
export const BAD_ADDRESSES = {
  bouncing: new Set<string>([ADDRESSES.email.bounces]),
  unreachable: new Set<string>([ADDRESSES.mobile.undelivered]),
};

/** The consult request of a rehearsed patient. */
export const consultOf = (patient: Patient, program: Program, patientId: string): Request => ({
  requestId: 'request-1',
  patientId,
  program: { id: program.id, version: program.version },
  zone: patient.zone,
  language: patient.language,
  modality: patient.modality,
  therapist: patient.therapist,
  consents: patient.consents,
  firstName: 'Alex',
  bornOn: '1988-05-04',
  mobile: ADDRESSES.mobile[patient.mobile],
  email: ADDRESSES.email[patient.email],
  chaperone: patient.chaperone === 'named' ? CHAPERONE : null,
  facts: patient.facts,
  fit: patient.fit,
  inPersonEvaluatedOn: patient.inPersonEvaluatedOn,
});
