import type {
  BillingClass,
  BillingStep,
  CheckId,
  Consent,
  FitQuestion,
  Indication,
  MeasureId,
  MessageAnchor,
  MessageKind,
  Modality,
  Role,
  Route,
  Setting,
} from '../../functions/domain/names.ts';
import { plain, ROLE_WORDS } from '../rehearsal/words.ts';

/** A role in the middle of a sentence: "nurse", "patient". */
export const roleName = (role: Role): string => ROLE_WORDS[role].toLowerCase();
/** "the nurse". */
export const the = (role: Role): string => `the ${roleName(role)}`;
const CAPITALS = /\b(aed|bp|ecg|im|iv|ptsd)\b/g;

/** Slugs of a program in plain words. */
export const slugs = (list: readonly string[]): string[] =>
  list.map((slug) => plain(slug).replaceAll(CAPITALS, (word) => word.toUpperCase()));

export const MEASURE_NAMES: Readonly<Record<MeasureId, string>> = {
  phq9: 'PHQ-9',
  gad7: 'GAD-7',
  pcl5: 'PCL-5',
  'cssrs-screener': 'C-SSRS screener',
  'cssrs-since-last-contact': 'C-SSRS since last contact',
  'audit-c': 'AUDIT-C',
  dast10: 'DAST-10',
  who5: 'WHO-5',
  madrs: 'MADRS',
  'qids-sr16': 'QIDS-SR16',
  mood: 'mood from 0 to 10',
};

export const ROUTE_NAMES: Readonly<Record<Route, string>> = {
  iv: 'as an IV drip',
  im: 'as an injection into a muscle',
  lozenge: 'as a lozenge',
  intranasal_esketamine: 'as a nasal spray',
  intranasal: 'as a nasal spray',
};

export const SETTING_NAMES: Readonly<Record<Setting, string>> = {
  clinic: 'in the clinic',
  home: 'at the patient’s home',
};
export const MODALITY_NAMES: Readonly<Record<Modality, string>> = { 'in-person': 'in person', remote: 'by video' };

export const INDICATION_NAMES: Readonly<Record<Indication, string>> = {
  trd: 'treatment-resistant depression',
  mdd: 'depression',
  ptsd: 'PTSD',
  anxiety: 'anxiety',
  bipolar_depression: 'bipolar depression',
  sud_support: 'recovery from substance use',
  existential: 'existential distress',
  wellness: 'wellness without a diagnosis',
  unknown: 'a reason that is not known yet',
};

export const QUESTION_NAMES: Readonly<Record<FitQuestion, string>> = {
  openToReflection: 'open to reflection',
  willAttendIntegration: 'willing to attend integration',
};

export const CONSENT_NAMES: Readonly<Record<Consent, string>> = {
  sms: 'text messages',
  email: 'e-mail',
  treatment: 'the treatment',
  privacy: 'the privacy notice',
  ride: 'the ride home',
  telehealth: 'care by video',
  shareWithPartner: 'sharing with the partner practice',
  shareWithOwnTherapist: 'sharing with their own therapist',
};

export const STEP_NAMES: Readonly<Record<BillingStep, string>> = {
  consult: 'the consult',
  screening: 'the screening',
  clearance: 'the clearances',
  preparation: 'the preparation',
  medication: 'the medication',
  dosing: 'the dosing sessions',
  integration: 'the integration',
  'provider-review': 'the provider’s reviews',
  'follow-up': 'the follow-up',
};
export const CLASS_NAMES: Readonly<Record<BillingClass, string>> = {
  'may-be-covered': 'may be covered by insurance',
  'private-pay': 'paid by the patient',
  'billed-separately': 'billed separately by who gives it',
  'not-billed': 'not billed',
};

/** Moments from which messages are counted, after "before" or "after". */
export const ANCHOR_NAMES: Readonly<Record<MessageAnchor, string>> = {
  request: 'the first request',
  enrolled: 'the enrolment',
  'consult.startsAt': 'the consult',
  'preparation.startsAt': 'a preparation session',
  'preparation.ended': 'the end of the preparation',
  'dosing.startsAt': 'a dosing session',
  'dose.started': 'the start of a dose',
  'dose.ended': 'the end of a dose',
  'integration.startsAt': 'an integration session',
  'provider-review.startsAt': 'a provider’s review',
  'follow-up.startsAt': 'a follow-up',
  'series.ended': 'the end of the series',
};

/** What a message is, after "gets". */
export const MESSAGE_NAMES: Partial<Readonly<Record<MessageKind, string>>> = {
  reminder: 'a reminder',
  'day-before': 'the note for the day before',
  'ride-and-rest': 'the note about ride and rest',
  'form-request': 'a request for a form',
  'chaperone-reminder': 'a reminder of when and where to pick up',
  expectation: 'the note that there is something to read about what to expect',
  education: 'the note that there is something to read',
  'follow-up': 'the follow-up message',
};

/** What a check asks for: each gate passes where all of its checks are so. */
export const CHECK_NAMES: Readonly<Record<CheckId, string>> = {
  'open-to-reflection': 'the patient is open to reflection',
  'will-attend-integration': 'the patient will attend integration',
  'screening-answered': 'the screening is answered',
  'screening-decided': 'whatever the screening flagged is decided by whom its rule names',
  'medically-cleared': 'the medical clearance is given and in date',
  'psychologically-cleared': 'the psychological clearance is given and in date',
  'commitment-given': 'the commitment is given',
  'plan-signed': 'the plan is signed',
  'clearance-valid': 'every clearance is in date',
  'consents-in-force': 'every consent is in force',
  'payment-acknowledged': 'the cost is acknowledged',
  'preparation-complete': 'the preparation is complete',
  'integration-owed': 'no integration is owed',
  'integration-window': 'the integration has a time inside its window',
  spacing: 'the doses are far enough apart',
  'measures-due': 'no questionnaire is due',
  'no-hold': 'nothing holds the journey',
  staffing: 'everybody who is needed is there, with a licence in force',
  'chaperone-confirmed': 'a chaperone is named',
  'remote-allowed': 'a dose away from the clinic is allowed',
  'DD-01': 'identity is checked and today’s order is signed',
  'DD-02': 'the clearance is in date and covers this drug, route and setting',
  'DD-03': 'the consents are in force',
  'DD-04': 'the REMS safety program for esketamine is kept',
  'DD-05': 'the last dose is long enough ago',
  'DD-06': 'the preparation is complete and no integration is owed',
  'DD-07': 'today’s questions about suicidal thoughts are answered and allow it',
  'DD-08': 'the patient has fasted',
  'DD-09': 'the blood pressure is in range',
  'DD-10': 'heart rate, oxygen, breathing and temperature are in range',
  'DD-11': 'pregnancy is asked about, and tested where it has to be',
  'DD-12': 'no alcohol or other substances in the last 24 hours',
  'DD-13': 'no new medicine, and none taken today that adds to the effect',
  'DD-14': 'no new symptoms',
  'DD-15': 'the escort is named and can be reached',
  'DD-16': 'the room’s checklist is signed',
  'DD-17': 'no severe adverse event is open',
  'DD-18': 'the patient is awake, oriented and agrees today',
  'DD-19': 'what a dose away from the clinic needs is in place',
  observed: 'the observation time has passed',
  awake: 'the patient is awake and oriented',
  'vitals-settled': 'blood pressure, heart rate and oxygen are back',
  steady: 'the patient walks unaided and drinks',
  'mind-settled': 'the patient is calm, without urgent thoughts of suicide',
  'escort-present': 'the escort is there and the patient does not drive',
  'instructions-given': 'the written instructions are handed over',
  'integration-confirmed': 'the integration is confirmed',
  'check-in-scheduled': 'the next-day check-in is planned',
  'rems-form-opened': 'the REMS form is begun',
};
