import type {
  AppointmentKind,
  Channel,
  CommandName,
  GateKind,
  MessageKind,
  OutcomeKind,
  Phase,
  Role,
  TaskKind,
} from '../../functions/domain/names.ts';

/** Each phase as the heading of its part of the timeline. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  consult: 'Consult',
  screening: 'Screening',
  clearance: 'Clearance',
  plan: 'Plan and consents',
  preparation: 'Preparation',
  series: 'Series',
  completion: 'Completion and follow-up',
};

/** What a task asks somebody to do, after "to". */
export const TASK_WORDS: Readonly<Record<TaskKind, string>> = {
  'book-appointment': 'book an appointment',
  'book-pair': 'book the next dose and its integration',
  'fit-decision': 'decide whether the program fits',
  'answer-screening': 'answer the screening',
  'screening-review': 'review the screening',
  'medical-clearance': 'decide on medical clearance',
  'psychological-clearance': 'decide on psychological clearance',
  'refer-to-prescriber': 'send the referral to the prescriber',
  'place-patient': 'find a therapist for the patient',
  'plan-sign-off': 'sign the plan',
  'sign-consents': 'sign the consents',
  'acknowledge-cost': 'acknowledge the cost',
  'record-preparation': 'record the preparation',
  'dose-order': 'order the dose',
  'gate-review': 'review a check that does not pass',
  'dosing-day-check': 'check the patient in',
  'record-dose': 'record the dose',
  discharge: 'discharge the patient',
  'home-safe': 'say that they are home',
  'next-day-check-in': 'check in on the next day',
  'record-integration': 'record the integration',
  'integration-overdue': 'rebook or waive the overdue integration',
  'answer-measure': 'answer a questionnaire',
  'next-step': 'decide the next step',
  'response-review': 'review the response so far',
  'partner-offer': 'take over the therapy',
  'liver-test': 'test the liver',
  'complete-readings': 'complete the readings of the session',
  'regulatory-report': 'file a report',
  'good-faith-estimate': 'give the estimate of cost',
  'rems-form': 'hand in the monitoring form',
  'inform-own-therapist': 'inform the patient’s own therapist',
  'outcome-summary': 'write the outcome summary',
  'continuing-care': 'choose how care goes on',
  'follow-up-contact': 'contact the patient for follow-up',
  'call-patient': 'call the patient',
  'acknowledge-safety': 'acknowledge the safety event',
  'safety-decision': 'decide on the safety event',
  'safety-follow-up': 'follow up on the safety event',
  rescreen: 'answer the screening again',
  'resolve-failure': 'look after a step that failed',
};

/** Who somebody is, as the beginning of a sentence. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  patient: 'Patient',
  chaperone: 'Chaperone',
  coordinator: 'Coordinator',
  nurse: 'Nurse',
  therapist: 'Therapist',
  provider: 'Provider',
  'medical-director': 'Medical director',
  'on-call': 'On-call clinician',
  partner: 'Partner practice',
};

export const APPOINTMENT_WORDS: Readonly<Record<AppointmentKind, string>> = {
  consult: 'Consult',
  preparation: 'Preparation',
  dosing: 'Dose',
  integration: 'Integration',
  'provider-review': 'Provider review',
  'follow-up': 'Follow-up',
};

export const GATE_WORDS: Readonly<Record<GateKind, string>> = {
  commitment: 'Commitment',
  screening: 'Screening',
  clearance: 'Clearance',
  enrolment: 'Enrolment',
  booking: 'Booking',
  'dosing-day': 'Dosing day',
  'pre-dose': 'Before the dose',
  discharge: 'Discharge',
};

export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = { email: 'e-mail', sms: 'text', call: 'telephone' };

/** How a journey ended, as a sentence of its own. */
export const OUTCOME_WORDS: Readonly<Record<OutcomeKind, string>> = {
  completed: 'The journey is complete',
  'not-a-fit': 'The program is not a fit',
  ineligible: 'The patient is not eligible',
  declined: 'The patient declined',
  withdrawn: 'The patient withdrew',
  unresponsive: 'Nobody could be reached any more',
  'stopped-medically': 'A clinician stopped the treatment',
  transferred: 'The patient was transferred',
  died: 'The patient died',
};

/** A kebab-case name in plain words: `next-day` is "next day". */
export const plain = (name: MessageKind | CommandName | (string & {})): string => name.replaceAll('-', ' ');
