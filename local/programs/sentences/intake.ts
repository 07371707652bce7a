import type { Program } from '../../../functions/domain/program/program.ts';
import { roleOf } from '../../../functions/domain/program/staffing.ts';
import { capital } from '../../rehearsal/phrases.ts';
import { PHASE_WORDS, plain } from '../../rehearsal/words.ts';
import {
  CONSENT_NAMES,
  INDICATION_NAMES,
  MEASURE_NAMES,
  MODALITY_NAMES,
  QUESTION_NAMES,
  roleName,
  slugs,
  the,
} from '../names.ts';
import { ahead, all, counted, range, said, span } from '../wording.ts';

/** What the clinic itself says of the program. */
export const promises = ({ promises: list }: Program): string[] =>
  (list ?? []).map(({ statement, text }) => `${statement}. ${text}`);

export const way = ({ phases }: Program): string[] => [
  `A patient goes through, in this order: ${phases.map((phase) => PHASE_WORDS[phase].toLowerCase()).join(', ')}.`,
];

export const consult = (program: Program): string[] => {
  const { consult: talk, fit } = program;
  return said(
    `The first talk is with a ${roleName(talk.role)}: ${span(talk.duration)}, ${MODALITY_NAMES[talk.modality]}, ${ahead(talk.notice)}.`,
    `It covers ${all(slugs(talk.topics))}, and ends with fit or not fit, which ${the(roleOf(program, 'fit-decision'))} decides.`,
    `The program is meant for: ${slugs(fit.profiles).join(', ')}.`,
    fit.earlyEvidence !== undefined &&
      `Evidence is early for: ${slugs(fit.earlyEvidence).join(', ')}; whoever clears the patient is told.`,
    ...(fit.indications ?? []).map(
      ({ indication, review, onlyWith }) =>
        `It treats ${INDICATION_NAMES[indication]}${review === undefined ? '' : `, after a review by ${the(review)}`}${onlyWith === undefined ? '' : `, only in a clinic with ${plain(onlyWith)}`}.`,
    ),
    ...fit.questions.map(
      ({ id, text, required }) =>
        `The patient is asked: “${text}” ${required ? `Only who is ${QUESTION_NAMES[id]} goes on` : `The answer (${QUESTION_NAMES[id]} or not) is recorded`}.`,
    ),
  );
};

export const referral = ({ referral: first }: Program): string[] =>
  first === undefined
    ? []
    : [
        `Before anything else is asked, ${the(first.role)} refers the patient to ${slugs([first.to]).join()}, and the answer is chased.`,
      ];

export const screening = ({ screening: { ruleset, measures } }: Program): string[] => [
  `Every patient answers the questions of the rule table “${ruleset}”${measures.length === 0 ? '' : `, and ${all(measures.map((id) => MEASURE_NAMES[id]))}`}.`,
];

export const clearances = (program: Program): string[] =>
  program.clearances.map(
    ({ kind, role, task, validFor, renewBefore, dueIn }) =>
      `${capital(the(role))} gives the ${kind} clearance${roleOf(program, task) === role ? '' : ` (the decision is asked of ${the(roleOf(program, task))})`}, within ${span(dueIn)}. It holds for ${span(validFor)} and is asked for again ${span(renewBefore)} before it runs out.`,
  );

const PROVIDERS = {
  partner: 'a partner practice',
  'in-house': 'the clinic’s own therapist',
  either: 'a partner practice or the clinic’s own therapist',
} as const;

export const therapist = ({ partner, ownTherapist }: Program): string[] =>
  said(
    `The therapy is given by ${PROVIDERS[partner.provider]}.`,
    `A practice that is asked has ${span(partner.acceptWithin)} to accept, then the next one is asked.`,
    partner.sameTherapist
      ? 'The same therapist stays from the preparation to the last integration.'
      : 'The therapist may change from session to session.',
    partner.shares.length > 0 && `Clinic and practice both see: ${slugs(partner.shares).join(', ')}.`,
    ownTherapist.recorded
      ? 'A therapist whom the patient already has is recorded.'
      : 'It is not asked whether the patient already has a therapist.',
    ownTherapist.clinicIntegrationToo
      ? 'Such a patient has the clinic’s integration all the same.'
      : 'Such a patient has the integration with their own therapist.',
    ownTherapist.sharing === 'with-release'
      ? 'The own therapist is told something only with the patient’s release.'
      : 'The own therapist is told nothing.',
  );

export const plan = ({ plan: { signOffs, acknowledgeCost, ongoingCare }, consents }: Program): string[] =>
  said(
    `The plan is signed by ${all(signOffs.map(the))}.`,
    acknowledgeCost ? 'The patient acknowledges the cost before the first dose.' : 'The cost need not be acknowledged.',
    ongoingCare === true && 'The plan says which other care the patient goes on with.',
    ongoingCare === false && 'The plan does not ask which other care the patient goes on with.',
    `The patient consents to ${all(consents.map((id) => CONSENT_NAMES[id]))}.`,
  );

export const preparation = ({ preparation: { sessions, atMost, ...encounter } }: Program): string[] =>
  said(
    `Before the first dose: ${range(sessions, atMost)} ${sessions === 1 && atMost === 1 ? 'session' : 'sessions'} of ${span(encounter.duration)} with a ${roleName(encounter.role)}, ${MODALITY_NAMES[encounter.modality]}, ${ahead(encounter.notice)}. At least ${counted(sessions, 'session')} must have been had.`,
    encounter.intake ? 'The first of them is also the intake with the therapist.' : 'There is no separate intake.',
    `They cover: ${slugs(encounter.checklist).join(', ')}.`,
  );
