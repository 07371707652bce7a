import type { AdverseEvent, CodeableConcept } from 'fhir/r4.js';
import type { SafetyEventView } from '../../../contracts/api/care.ts';
import type { ExportedJourney } from '../../../contracts/api/export.ts';
import { idOf, referenceTo } from './reference.ts';

type Event = ReturnType<typeof SafetyEventView.parse>;

const coded = (system: string, code: string): CodeableConcept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});

/** The words that FHIR has for grades 1 to 3; above them only the text says how grave it was. */
const SEVERITY: Readonly<Record<number, string>> = { 1: 'mild', 2: 'moderate', 3: 'severe' };

const textOf = ({ type, severity }: Event): string => (severity === null ? type : `${type}, grade ${severity} of 5`);

const outcomeOf = ({ severity, closedAt }: Event): string => {
  if (severity === 5) return 'fatal';
  return closedAt === null ? 'ongoing' : 'unknown';
};

export const adverseEvent = (
  { id: journeyId, patientId }: ExportedJourney['journey'],
  event: Event,
): AdverseEvent & { id: string } => {
  const severity = SEVERITY[event.severity ?? 0];
  return {
    resourceType: 'AdverseEvent',
    id: idOf('AdverseEvent', journeyId, event.id),
    identifier: { value: event.id },
    actuality: 'actual',
    event: { text: textOf(event) },
    subject: referenceTo('Patient', patientId),
    recordedDate: event.openedAt,
    ...(severity !== undefined && { severity: coded('adverse-event-severity', severity) }),
    outcome: coded('adverse-event-outcome', outcomeOf(event)),
  };
};
