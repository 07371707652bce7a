import { createHash } from 'node:crypto';
import type { FhirResource, Reference } from 'fhir/r4.js';

type ResourceType = FhirResource['resourceType'];

/**
 * The id of a resource: made from its type and the product's own id, so that it is the same in each export, and a UUID
 * because ids of FHIR take no other characters than letters, digits, `-` and `.` (R4, datatypes: id).
 */
export const idOf = (type: ResourceType, ...own: readonly (string | number)[]): string => {
  const hex = createHash('sha256')
    .update([type, ...own].join('\n'))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** How entries of one bundle name each other (R4, bundle: resolving references). */
export const urlOf = (id: string): string => `urn:uuid:${id}`;

export const referenceTo = (type: ResourceType, ...own: readonly (string | number)[]): Reference => ({
  reference: urlOf(idOf(type, ...own)),
});

/** Somebody of the clinic: the product knows their id, and the bundle has no resource of theirs. */
export const practitioner = (id: string): Reference => ({ type: 'Practitioner', identifier: { value: id } });
