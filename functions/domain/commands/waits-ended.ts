import type { Task } from '../journey/task.ts';
import type { CommandName } from '../names.ts';
import { hangsOnAppointment, isOwedCare } from '../tasks/ask.ts';

/** What a command is about, as far as waits are concerned. */
export type About = { readonly appointmentIds: readonly string[]; readonly cycle: number | null };

/** Which waits a command ends: tasks by this rule, and whether gates are looked at again. */
export type WaitsEnded = { readonly tasks: (task: Task, about: About) => boolean; readonly gates: boolean };

const none: WaitsEnded = { tasks: () => false, gates: false };

/** Tasks that hang on an appointment wait for its time; when that changes, they are asked anew. */
const ofAppointment: WaitsEnded = {
  tasks: ({ kind, appointmentId, state }, { appointmentIds }) =>
    hangsOnAppointment(kind) &&
    appointmentId !== null &&
    appointmentIds.includes(appointmentId) &&
    (state === 'planned' || kind !== 'dose-order'),
  gates: false,
};

/** An appointment that is gone takes everything with it that hangs on it. */
const ofGoneAppointment: WaitsEnded = {
  tasks: ({ kind, appointmentId }, { appointmentIds }) =>
    hangsOnAppointment(kind) && appointmentId !== null && appointmentIds.includes(appointmentId),
  gates: false,
};

/** All but what a begun dose owes and what safety needs. */
const notOwed: WaitsEnded = { tasks: ({ ask }) => !isOwedCare(ask), gates: true };

const gatesOnly: WaitsEnded = { tasks: () => false, gates: true };

/**
 * The one table of which waits each command ends. Care that has begun and safety end only by their own decision;
 * a command that ends no wait is kept in what it wrote, and found by whoever looks next.
 */
export const WAITS_ENDED: Readonly<Record<CommandName, WaitsEnded>> = {
  'reschedule-appointment': ofAppointment,
  'cancel-appointment': ofGoneAppointment,
  'mark-no-show': ofGoneAppointment,
  // What was moved or given back here has woken whoever waits for it.
  withdraw: notOwed,
  pause: notOwed,
  'transfer-care': notOwed,
  resume: gatesOnly,
  'override-gate': gatesOnly,
  'new-medication': gatesOnly,
  'new-diagnosis': gatesOnly,
  'change-chaperone': gatesOnly,
  'replace-therapist': gatesOnly,
  'practitioner-absent': none,
  'report-adverse-event': none,
  'report-crisis': none,
  'stop-messages': none,
  'start-messages': none,
  'change-contact': none,
};
