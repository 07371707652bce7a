import type { CareRules } from '../care/care-rules.ts';
import type { Clinic } from '../clinic/clinic.ts';
import type { Appointment } from '../journey/appointment.ts';
import type { Cycle } from '../journey/cycle.ts';
import type { Clinical, Journey } from '../journey/journey.ts';
import type { SafetyEvent } from '../journey/safety-event.ts';
import type { Role } from '../names.ts';
import type { Program } from '../program/program.ts';
import type { Instant } from '../time/instants.ts';

/** Everything that a gate looks at, read at one moment; a gate asks nothing else and knows no clock. */
export type Scene = {
  readonly now: Instant;
  readonly program: Program;
  readonly clinic: Clinic;
  /** What holds for every program alike. */
  readonly care: Pick<CareRules, 'dosingDay' | 'adverseEvents'>;
  readonly journey: Journey;
  /** The cycle whose dose is gated; undefined before the first. */
  readonly cycle: Cycle | undefined;
  /** Every cycle of the patient, those of earlier journeys too, since spacing counts them. */
  readonly cycles: readonly Cycle[];
  /** The dose in question; undefined while none is chosen. */
  readonly dosing: Appointment | undefined;
  /** The integration that belongs to it. */
  readonly integration: Appointment | undefined;
  /** Whether somebody has been asked to book the integration, because the one before was lost. */
  readonly integrationAskedFor: boolean;
  /** The patient's fact sheet (reference 1.1). */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly fit: Pick<Clinical['fit'], 'openToReflection' | 'willAttendIntegration'>;
  /** Local date on which a prescriber saw the patient in person. */
  readonly inPersonEvaluatedOn: string | null;
  /** Measures that are required before a dose, due, and not answered. */
  readonly measuresDue: readonly string[];
  /** Whether the assigned therapist's licence is in force on the day of the integration. */
  readonly therapistLicensed: boolean;
  /** The patient's adverse events and crises, closed ones too. */
  readonly safetyEvents: readonly SafetyEvent[];
  /** Who may decide on this screening (null: nobody may overturn it), and the newest answer of `screening-review`. */
  readonly screeningReview: { readonly role: Role | null; readonly answer: string | null };
  /** What was recorded on the discharge task; undefined before that. */
  readonly discharge: Readonly<Record<string, unknown>> | undefined;
};
