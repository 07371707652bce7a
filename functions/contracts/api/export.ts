import * as z from 'zod';
import { AppointmentView } from './appointments.ts';
import { CycleView, HandoffView, MeasureView, MessageView, SafetyEventView } from './care.ts';
import { CommandView } from './commands.ts';
import { Event, JourneyView, RecordView } from './journeys.ts';
import { reads } from './operation.ts';
import { TaskView } from './tasks.ts';
import { moment, none } from './values.ts';

/**
 * All that is kept of one journey, as far as the reader may see it; `leftOut` names the facts and instruments that
 * they may not. What is null is not for them at all.
 */
export const ExportedJourney = z
  .strictObject({
    journey: JourneyView,
    record: RecordView,
    appointments: z.array(AppointmentView),
    cycles: z.array(CycleView),
    measures: z.array(MeasureView),
    safetyEvents: z.array(SafetyEventView).nullable(),
    handoffs: z.array(HandoffView),
    tasks: z.array(TaskView),
    commands: z.array(CommandView).nullable(),
    messages: z.array(MessageView),
    timeline: z.array(Event),
    leftOut: z.array(z.string()),
  })
  .meta({ id: 'ExportedJourney' });
export type ExportedJourney = z.infer<typeof ExportedJourney>;

/** What an export is as FHIR R4: the types of its resources; their fields are those of the standard. */
export const FHIR_TYPES = [
  'Patient',
  'CarePlan',
  'Consent',
  'Appointment',
  'Task',
  'QuestionnaireResponse',
  'Observation',
  'AdverseEvent',
] as const;

const FhirBundle = z
  .strictObject({
    resourceType: z.literal('Bundle'),
    type: z.literal('collection'),
    timestamp: moment,
    entry: z.array(
      z.strictObject({
        fullUrl: z.string(),
        resource: z.looseObject({ resourceType: z.enum(FHIR_TYPES), id: z.string() }),
      }),
    ),
  })
  .meta({ id: 'FhirBundle' });

const ofPatient = z.strictObject({ patientId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/) });

export const exportOperations = {
  'export-patient': reads({
    path: '/v1/patients/{patientId}/export',
    summary: 'Everything that is kept of one patient, for themselves or for who answers for the clinic’s medicine.',
    params: ofPatient,
    query: none,
    answer: z
      .strictObject({ patientId: z.string(), exportedAt: moment, journeys: z.array(ExportedJourney) })
      .meta({ id: 'PatientExport' }),
  }),
  'export-patient-fhir': reads({
    path: '/v1/patients/{patientId}/export/fhir',
    summary: 'What is kept of one patient as a FHIR R4 bundle, for other systems.',
    params: ofPatient,
    query: none,
    answer: FhirBundle,
  }),
} as const;
