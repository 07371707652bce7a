import { ROLES, type Role } from '../../domain/names.ts';
import type { OperationName } from './operations.ts';

const CLINIC = ['coordinator', 'nurse', 'therapist', 'provider', 'medical-director', 'on-call'] as const;
const TREATING = ['nurse', 'therapist', 'provider', 'medical-director', 'on-call'] as const;
const EVERYBODY = ['patient', ...CLINIC, 'partner'] as const;
const WITH_PARTNERS = [...CLINIC, 'partner'] as const;

/**
 * Who may use which operation. What somebody sees through it is a second question (confidentiality.json): a journey that is not theirs
 * is not there for them, and what is clinical is left out where their role does not see it. A chaperone has no account: by a link they
 * say whether they come, and nothing else (by-link.ts).
 */
export const RIGHTS: Readonly<Record<OperationName, readonly Role[]>> = {
  'get-me': ROLES,
  'get-clinic': EVERYBODY,
  'get-settings': ['coordinator', 'medical-director'],
  'get-timetable': CLINIC,
  'change-timetable': ['coordinator', 'medical-director'],
  'list-timetable-changes': ['coordinator', 'medical-director'],
  'list-practitioners': WITH_PARTNERS,
  'get-practitioner': WITH_PARTNERS,
  'list-programs': WITH_PARTNERS,
  'get-program': WITH_PARTNERS,

  // Nobody needs a token for it.
  'ask-for-consult': ROLES,
  'request-consult': ['patient', ...CLINIC],
  'list-commands': CLINIC,
  // Which command a role may give stands in COMMANDS.
  'post-command': EVERYBODY,

  'list-journeys': EVERYBODY,
  'get-journey': EVERYBODY,
  'list-names': EVERYBODY,
  'list-events': EVERYBODY,
  'get-record': ['patient', ...TREATING],
  'list-audit': ['medical-director'],

  'list-cycles': ['patient', ...TREATING],
  'list-measures': ['patient', ...TREATING],
  'list-safety-events': TREATING,
  'export-patient': ['patient', 'medical-director'],
  'export-patient-fhir': ['patient', 'medical-director'],
  // Whose notes stands with the note: their author's own, and another's with the patient's authorization alone.
  'list-notes': TREATING,
  // Of a session that they hold.
  'write-note': ['therapist'],
  'correct-note': ['therapist'],
  'list-note-releases': TREATING,
  'record-note-release': ['therapist', 'medical-director'],
  'revoke-note-release': ['therapist', 'medical-director'],
  'list-messages': ['patient', ...CLINIC],
  'send-message-again': CLINIC,
  'list-handoffs': WITH_PARTNERS,

  'list-tasks': WITH_PARTNERS,
  'list-tasks-of-journey': EVERYBODY,
  'get-task': EVERYBODY,
  'claim-task': CLINIC,
  'release-task': CLINIC,
  'reassign-task': CLINIC,
  // Who may answer which task stands with the task.
  'decide-task': EVERYBODY,

  'list-appointments': CLINIC,
  'list-appointments-of-journey': EVERYBODY,
  // Who is asked to book stands with the task.
  'book-appointment': CLINIC,
  'get-appointment': EVERYBODY,
  'propose-times': EVERYBODY,
  'propose-booking': CLINIC,
  'move-appointment': EVERYBODY,
  'cancel-appointment': EVERYBODY,
  'mark-no-show': [...CLINIC, 'partner'],
  // Responses to the treatment are shown to the medical director alone.
  'get-statistics': ['coordinator', 'medical-director'],
  'check-in': ['nurse', 'provider', 'medical-director'],
};

/** Whether one of somebody's roles may use an operation. */
export const mayUse = (roles: readonly Role[], operation: OperationName): boolean =>
  roles.some((role) => RIGHTS[operation].includes(role));
