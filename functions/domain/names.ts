/** The keys of a table in the order written, so that every list of names derives from its one table. */
export const keysOf = <T extends object>(table: T): Extract<keyof T, string>[] => {
  const keys: Extract<keyof T, string>[] = [];
  for (const key in table) keys.push(key);
  return keys;
};

/** Who may answer a task or give a command; `provider` is the prescriber, `on-call` whoever takes the turn. */
export const ROLES = [
  'patient',
  'chaperone',
  'coordinator',
  'nurse',
  'therapist',
  'provider',
  'medical-director',
  'on-call',
  'partner',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles that people of the clinic or of a partner practice hold by name in the clinic file; `partner` stands for a practice. */
export const PRACTITIONER_ROLES = ['coordinator', 'nurse', 'therapist', 'provider', 'medical-director'] as const;
export type PractitionerRole = (typeof PRACTITIONER_ROLES)[number];

/** Licensed clinicians: only they close a crisis, waive a debt or stop a series for safety. */
export const CLINICIAN_ROLES = ['nurse', 'therapist', 'provider', 'medical-director', 'on-call'] as const;
export type ClinicianRole = (typeof CLINICIAN_ROLES)[number];

/** Every kind of task: the role that answers by default and its answers, the first being the default. */
export const TASKS = {
  'book-appointment': { role: 'coordinator', options: ['booked', 'unreachable'] },
  'book-pair': { role: 'coordinator', options: ['booked', 'unreachable', 'no-slot'] },
  'fit-decision': { role: 'coordinator', options: ['fit', 'not-fit'] },
  'answer-screening': { role: 'patient', options: ['answered', 'refused'] },
  'screening-review': { role: 'provider', options: ['proceed', 'decline', 'more-information'] },
  'medical-clearance': { role: 'provider', options: ['cleared', 'declined', 'more-information'] },
  'psychological-clearance': { role: 'therapist', options: ['cleared', 'declined', 'more-information'] },
  'refer-to-prescriber': { role: 'therapist', options: ['sent', 'failed'] },
  'place-patient': { role: 'coordinator', options: ['placed', 'none'] },
  'plan-sign-off': { role: 'therapist', options: ['signed', 'changes'] },
  'sign-consents': { role: 'patient', options: ['signed', 'refused'] },
  'acknowledge-cost': { role: 'patient', options: ['acknowledged', 'refused'] },
  'record-preparation': { role: 'therapist', options: ['ready', 'another', 'not-ready'] },
  'dose-order': { role: 'provider', options: ['ordered', 'not-ordered'] },
  'gate-review': { role: 'provider', options: ['not-overridden', 'overridden'] },
  'dosing-day-check': { role: 'nurse', options: ['proceed', 'hold', 'cancel-today'] },
  'record-dose': { role: 'nurse', options: ['given', 'partial', 'aborted'] },
  discharge: { role: 'provider', options: ['discharged', 'left-against-advice'] },
  'home-safe': { role: 'patient', options: ['home', 'need-help'] },
  'next-day-check-in': { role: 'patient', options: ['well', 'concern'] },
  'record-integration': { role: 'therapist', options: ['done', 'no-show', 'cancelled'] },
  'integration-overdue': { role: 'therapist', options: ['rebooked', 'waived'] },
  'answer-measure': { role: 'patient', options: ['answered', 'refused'] },
  'next-step': { role: 'provider', options: ['continue', 'stop', 'extend', 'change-plan'] },
  'response-review': { role: 'provider', options: ['continue', 'stop', 'change-plan'] },
  'partner-offer': { role: 'partner', options: ['accepted', 'declined'] },
  'complete-readings': { role: 'nurse', options: ['completed', 'not-possible'] },
  'liver-test': { role: 'provider', options: ['recorded', 'not-needed'] },
  'regulatory-report': { role: 'medical-director', options: ['filed', 'not-required'] },
  'good-faith-estimate': { role: 'coordinator', options: ['given', 'not-owed'] },
  'rems-form': { role: 'nurse', options: ['submitted'] },
  'inform-own-therapist': { role: 'coordinator', options: ['informed', 'not-possible'] },
  'outcome-summary': { role: 'therapist', options: ['written'] },
  'continuing-care': { role: 'patient', options: ['same-therapist', 'own-therapist', 'none'] },
  'follow-up-contact': { role: 'coordinator', options: ['reached', 'not-reached'] },
  'call-patient': { role: 'coordinator', options: ['reached', 'not-reached'] },
  'acknowledge-safety': { role: 'on-call', options: ['acknowledged'] },
  'safety-decision': { role: 'provider', options: ['resume', 'hold', 'stop'] },
  'safety-follow-up': { role: 'therapist', options: ['done', 'not-reached'] },
  rescreen: { role: 'patient', options: ['answered', 'refused'] },
  'resolve-failure': { role: 'coordinator', options: ['replay', 'handled'] },
} as const satisfies Record<string, { role: Role; options: readonly [string, ...string[]] }>;
export const TASK_KINDS = keysOf(TASKS);
export type TaskKind = keyof typeof TASKS;
export type TaskAnswer<K extends TaskKind = TaskKind> = (typeof TASKS)[K]['options'][number];

/** Answers that reopen their step, and what the fourth of them counts as. */
export const REPEATING_ANSWERS = {
  'more-information': 'declined',
  changes: 'declined',
  another: 'declined',
  'not-ready': 'declined',
  hold: 'declined',
  'cancel-today': 'declined',
  'not-ordered': 'declined',
  'no-slot': 'transferred',
  unreachable: 'unresponsive',
  failed: 'transferred',
} as const;
/** How often a repeating answer reopens its step before the next one counts as final. */
export const REOPENINGS = 3;

/** Every kind of message with its class; `near` is the class when the appointment is less than 24 h ahead. */
export const MESSAGES = {
  page: { class: 'safety' },
  'crisis-information': { class: 'safety' },
  'home-safe': { class: 'safety' },
  'check-in': { class: 'safety' },
  'chaperone-changed': { class: 'safety' },
  task: { class: 'task' },
  nudge: { class: 'task' },
  escalation: { class: 'task' },
  digest: { class: 'task' },
  'partner-offer': { class: 'task' },
  'partner-withdrawn': { class: 'task' },
  'partner-continuation': { class: 'task' },
  reminder: { class: 'reminder' },
  'day-before': { class: 'reminder' },
  'ride-and-rest': { class: 'reminder' },
  'form-request': { class: 'reminder' },
  'chaperone-reminder': { class: 'reminder' },
  welcome: { class: 'care' },
  'booking-confirmation': { class: 'care' },
  'time-changed': { class: 'care', near: 'safety' },
  'appointment-cancelled': { class: 'care', near: 'safety' },
  expectation: { class: 'care' },
  education: { class: 'care' },
  decline: { class: 'care' },
  pause: { class: 'care' },
  resume: { class: 'care' },
  goodbye: { class: 'care' },
  'therapist-changed': { class: 'care' },
  'stop-confirmation': { class: 'care' },
  'follow-up': { class: 'care' },
} as const satisfies Record<string, { class: MessageClass; near?: 'safety' }>;
export const MESSAGE_KINDS = keysOf(MESSAGES);
export type MessageKind = keyof typeof MESSAGES;
export const MESSAGE_CLASSES = ['reminder', 'care', 'task', 'safety'] as const;
export type MessageClass = (typeof MESSAGE_CLASSES)[number];
export const CHANNELS = ['email', 'sms', 'call'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Every gate of a journey, in the order in which a patient meets them. */
export const GATES = [
  'commitment',
  'screening',
  'clearance',
  'enrolment',
  'booking',
  'dosing-day',
  'pre-dose',
  'discharge',
] as const;
export type GateKind = (typeof GATES)[number];

/** Every check: the gates that may ask it, and the roles that must all agree to override it (none: it cannot be overridden). */
export const CHECKS = {
  'open-to-reflection': { gates: ['commitment'], override: [] },
  'will-attend-integration': { gates: ['commitment'], override: [] },
  'screening-answered': { gates: ['screening'], override: [] },
  'screening-decided': { gates: ['screening'], override: [] },
  'medically-cleared': { gates: ['clearance'], override: [] },
  'psychologically-cleared': { gates: ['clearance'], override: [] },
  'commitment-given': { gates: ['enrolment'], override: [] },
  'plan-signed': { gates: ['enrolment'], override: [] },
  'clearance-valid': { gates: ['enrolment', 'booking'], override: [] },
  'consents-in-force': { gates: ['enrolment', 'booking'], override: [] },
  'payment-acknowledged': { gates: ['enrolment', 'booking'], override: [] },
  'preparation-complete': { gates: ['booking'], override: ['therapist', 'provider'] },
  'integration-owed': { gates: ['booking'], override: ['therapist', 'provider'] },
  'integration-window': { gates: ['booking'], override: [] },
  spacing: { gates: ['booking'], override: ['provider'] },
  'measures-due': { gates: ['booking'], override: ['provider'] },
  'no-hold': { gates: ['booking', 'dosing-day', 'pre-dose'], override: [] },
  staffing: { gates: ['booking'], override: [] },
  'chaperone-confirmed': { gates: ['booking'], override: ['medical-director'] },
  'remote-allowed': { gates: ['booking'], override: [] },
  'DD-01': { gates: ['dosing-day', 'pre-dose'], override: [] },
  'DD-02': { gates: ['dosing-day', 'pre-dose'], override: [] },
  'DD-03': { gates: ['dosing-day', 'pre-dose'], override: [] },
  'DD-04': { gates: ['dosing-day', 'pre-dose'], override: [] },
  'DD-05': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-06': { gates: ['dosing-day', 'pre-dose'], override: ['therapist', 'provider'] },
  'DD-07': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-08': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-09': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-10': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-11': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-12': { gates: ['dosing-day', 'pre-dose'], override: [] },
  'DD-13': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-14': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-15': { gates: ['dosing-day', 'pre-dose'], override: ['medical-director'] },
  'DD-16': { gates: ['dosing-day', 'pre-dose'], override: [] },
  'DD-17': { gates: ['dosing-day', 'pre-dose'], override: ['provider'] },
  'DD-18': { gates: ['dosing-day', 'pre-dose'], override: [] },
  'DD-19': { gates: ['dosing-day', 'pre-dose'], override: [] },
  observed: { gates: ['discharge'], override: [] },
  awake: { gates: ['discharge'], override: [] },
  'vitals-settled': { gates: ['discharge'], override: ['provider'] },
  steady: { gates: ['discharge'], override: [] },
  'mind-settled': { gates: ['discharge'], override: [] },
  'escort-present': { gates: ['discharge'], override: ['medical-director'] },
  'instructions-given': { gates: ['discharge'], override: [] },
  'integration-confirmed': { gates: ['discharge'], override: [] },
  'check-in-scheduled': { gates: ['discharge'], override: [] },
  'rems-form-opened': { gates: ['discharge'], override: [] },
} as const satisfies Record<string, { gates: readonly GateKind[]; override: readonly Role[] }>;
export const CHECK_IDS = keysOf(CHECKS);
export type CheckId = keyof typeof CHECKS;
export const CHECK_RESULTS = ['pass', 'hold', 'block', 'overridden'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];
export const GATE_RESULTS = ['pass', 'hold', 'block'] as const;
export type GateResult = (typeof GATE_RESULTS)[number];

const AT_THE_DESK = ['patient', 'coordinator', ...CLINICIAN_ROLES] as const;

/** Every command that somebody may give to a running journey, and the roles that may give it. */
export const COMMANDS = {
  'reschedule-appointment': { by: [...AT_THE_DESK, 'partner'] },
  'cancel-appointment': { by: [...AT_THE_DESK, 'partner'] },
  'mark-no-show': { by: ['coordinator', ...CLINICIAN_ROLES, 'partner'] },
  pause: { by: AT_THE_DESK },
  resume: { by: AT_THE_DESK },
  withdraw: { by: AT_THE_DESK },
  'override-gate': { by: CLINICIAN_ROLES },
  'report-adverse-event': { by: ROLES },
  'report-crisis': { by: ROLES },
  'new-medication': { by: AT_THE_DESK },
  'new-diagnosis': { by: AT_THE_DESK },
  'stop-messages': { by: ['patient'] },
  'start-messages': { by: ['patient'] },
  'change-contact': { by: ['patient', 'coordinator'] },
  'change-chaperone': { by: ['patient', 'coordinator'] },
  'replace-therapist': { by: ['coordinator', ...CLINICIAN_ROLES] },
  'practitioner-absent': { by: ['coordinator'] },
  'transfer-care': { by: ['coordinator', ...CLINICIAN_ROLES] },
} as const satisfies Record<string, { by: readonly Role[] }>;
export const COMMAND_NAMES = keysOf(COMMANDS);
export type CommandName = keyof typeof COMMANDS;

/** Recorded ends after which a command of a rehearsal may be given; `booked-dose` is the moment a dose is booked. */
export const COMMAND_ANCHORS = [
  'request',
  'consult',
  'fit',
  'screening',
  'clearance',
  'plan',
  'preparation',
  'dose',
  'discharge',
  'integration',
  'series',
  'booked-dose',
] as const;
export type CommandAnchor = (typeof COMMAND_ANCHORS)[number];

/** Phases of a journey, in order. */
export const PHASES = ['consult', 'screening', 'clearance', 'plan', 'preparation', 'series', 'completion'] as const;
export type Phase = (typeof PHASES)[number];

/** Every kind of booked encounter. */
export const APPOINTMENT_KINDS = [
  'consult',
  'preparation',
  'dosing',
  'integration',
  'provider-review',
  'follow-up',
] as const;
export type AppointmentKind = (typeof APPOINTMENT_KINDS)[number];

/** How a journey ended. */
export const OUTCOMES = [
  'completed',
  'not-a-fit',
  'ineligible',
  'declined',
  'withdrawn',
  'unresponsive',
  'stopped-medically',
  'transferred',
  'died',
] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

/** What a screening says, by precedence: the first that any rule calls for holds (reference 0.3 rule 3). */
export const DISPOSITIONS = ['crisis', 'ineligible', 'review', 'eligible'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Ways in which the medicine is given. */
export const ROUTES = ['iv', 'im', 'lozenge', 'intranasal_esketamine', 'intranasal'] as const;
export type Route = (typeof ROUTES)[number];
export const SETTINGS = ['clinic', 'home'] as const;
export type Setting = (typeof SETTINGS)[number];
export const MODALITIES = ['in-person', 'remote'] as const;
export type Modality = (typeof MODALITIES)[number];

/** Who pays for a step, as the patient is told before dosing. */
export const BILLING_CLASSES = ['may-be-covered', 'private-pay', 'billed-separately', 'not-billed'] as const;
export type BillingClass = (typeof BILLING_CLASSES)[number];

/** Questions of the consult that a patient answers with yes or no, each with the check of the commitment gate that reads it. */
export const FIT_QUESTIONS = {
  openToReflection: 'open-to-reflection',
  willAttendIntegration: 'will-attend-integration',
} as const satisfies Record<string, CheckId>;
export const FIT_QUESTION_IDS = keysOf(FIT_QUESTIONS);
export type FitQuestion = keyof typeof FIT_QUESTIONS;

/** What a patient seeks treatment for (reference 1.1). */
export const INDICATIONS = [
  'trd',
  'mdd',
  'ptsd',
  'anxiety',
  'bipolar_depression',
  'sud_support',
  'existential',
  'wellness',
  'unknown',
] as const;
export type Indication = (typeof INDICATIONS)[number];

/** Instruments that a program may ask for (reference 2.1); `mood` is the one-item 0-10 rating. */
export const MEASURE_IDS = [
  'phq9',
  'gad7',
  'pcl5',
  'cssrs-screener',
  'cssrs-since-last-contact',
  'audit-c',
  'dast10',
  'who5',
  'madrs',
  'qids-sr16',
  'mood',
] as const;
export type MeasureId = (typeof MEASURE_IDS)[number];

/** Moments from which reminders and education are counted. */
export const MESSAGE_ANCHORS = [
  'request',
  'enrolled',
  'consult.startsAt',
  'preparation.startsAt',
  'preparation.ended',
  'dosing.startsAt',
  'dose.started',
  'dose.ended',
  'integration.startsAt',
  'provider-review.startsAt',
  'follow-up.startsAt',
  'series.ended',
] as const;
export type MessageAnchor = (typeof MESSAGE_ANCHORS)[number];

/** Steps that a billing class is told for. */
export const BILLING_STEPS = [
  'consult',
  'screening',
  'clearance',
  'preparation',
  'medication',
  'dosing',
  'integration',
  'provider-review',
  'follow-up',
] as const;
export type BillingStep = (typeof BILLING_STEPS)[number];

/** What a patient may consent to. */
export const CONSENTS = [
  'sms',
  'email',
  'treatment',
  'privacy',
  'ride',
  'telehealth',
  'shareWithPartner',
  'shareWithOwnTherapist',
] as const;
export type Consent = (typeof CONSENTS)[number];

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The state machines that carry a journey. */
export const MACHINES = [
  'intake',
  'cycle',
  'dosing-day',
  'completion',
  'appointment',
  'staff-task',
  'partner-handoff',
  'safety-event',
] as const;
export type Machine = (typeof MACHINES)[number];
