import type { FhirResource } from 'fhir/r4.js';
import type { ExportedJourney, FHIR_TYPES } from '../../../contracts/api/export.ts';
import type { Measure } from '../../../domain/measures/measure.ts';
import { adverseEvent } from './adverse-event.ts';
import { appointmentResource } from './appointment.ts';
import { carePlan } from './care-plan.ts';
import { consentResources } from './consents.ts';
import { score, vitalSigns } from './observations.ts';
import { patientResource } from './patient.ts';
import { isForm, questionnaireResponse } from './questionnaire-response.ts';
import { urlOf } from './reference.ts';
import { taskResource } from './task.ts';

type Exported = { readonly patientId: string; readonly exportedAt: string; readonly journeys: ExportedJourney[] };

/** A resource of an export, under its id. */
type Exportable = Extract<FhirResource, { resourceType: (typeof FHIR_TYPES)[number] }> & { id: string };

const ofJourney = (exported: ExportedJourney, instrument: (id: string) => Measure | undefined): Exportable[] => {
  const { journey, appointments, tasks, measures, cycles, safetyEvents } = exported;
  return [
    carePlan(exported),
    ...consentResources(exported),
    ...appointments.map((each) => appointmentResource(journey, each)),
    ...tasks.map((task) => taskResource(journey, task)),
    ...tasks.filter(isForm).map((task) => questionnaireResponse(journey, task)),
    ...measures.map((each) => score(journey, each, instrument(each.measure))),
    ...cycles.flatMap((cycle) => vitalSigns(journey, cycle)),
    ...(safetyEvents ?? []).map((event) => adverseEvent(journey, event)),
  ];
};

/**
 * An export as a FHIR R4 (4.0.1) Bundle of type collection. Nothing is in it that the export has not; references lead to entries
 * of the bundle by their `fullUrl`, people of the clinic are named by the clinic's ids alone. A journey of the patient is needed.
 */
export const fhirBundle = (
  { patientId, exportedAt, journeys }: Exported,
  instrument: (id: string) => Measure | undefined,
) => {
  const latest = journeys.toSorted((a, b) => a.journey.requestedAt.localeCompare(b.journey.requestedAt)).at(-1);
  const resources: Exportable[] = [
    ...(latest === undefined ? [] : [patientResource(patientId, latest)]),
    ...journeys.flatMap((each) => ofJourney(each, instrument)),
  ];
  return {
    resourceType: 'Bundle' as const,
    type: 'collection' as const,
    timestamp: exportedAt,
    entry: resources.map((resource) => ({ fullUrl: urlOf(resource.id), resource: { ...resource } })),
  };
};
