import type { Clinic } from '../clinic/clinic.ts';
import { personOf } from '../clinic/roster.ts';
import type { Appointment } from '../journey/appointment.ts';
import type { Journey } from '../journey/journey.ts';
import { CLINICIAN_ROLES, COMMANDS, type CommandName, type Role } from '../names.ts';

/** Who asks. */
export type Asker = { readonly role: Role; readonly id: string };

/** Therapists and partners act on what is theirs: appointments that they (or somebody of their practice) hold. */
const holds = ({ role, id }: Asker, appointment: Appointment, clinic: Clinic): boolean => {
  if (role !== 'therapist' && role !== 'partner') return true;
  return appointment.practitioners.some((held) => held === id || personOf(clinic, held)?.partner === id);
};

/** Why somebody may not give a command; undefined if they may. */
export const commandRefusal = (command: CommandName, by: Asker, journey: Journey): string | undefined => {
  const roles: readonly Role[] = COMMANDS[command].by;
  if (!roles.includes(by.role)) return `a ${by.role} may not ${command}; ${roles.join(', ')} may`;
  if (journey.outcome !== null) return `the journey has ended (${journey.outcome.kind})`;
  return undefined;
};

/** Why somebody may not change an appointment; undefined if they may. */
export const appointmentRefusal = (by: Asker, appointment: Appointment, clinic: Clinic): string | undefined =>
  holds(by, appointment, clinic) ? undefined : `${appointment.id} is not ${by.id}'s`;

/** Whether somebody is a licensed clinician. */
export const isClinician = ({ role }: Asker): boolean => CLINICIAN_ROLES.some((each) => each === role);
