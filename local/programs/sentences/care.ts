import type { Program } from '../../../functions/domain/program/program.ts';
import { TASK_WORDS } from '../../rehearsal/words.ts';
import { CONSENT_NAMES, MEASURE_NAMES, MODALITY_NAMES, roleName, slugs } from '../names.ts';
import { ahead, all, counted, offsetFrom, percent, said, span, spans } from '../wording.ts';

export const aftercare = ({ aftercare: { homeSafe, nextDay }, checkIns }: Program): string[] => [
  `The patient is asked whether they are home safe ${span(homeSafe.after)} after discharge, at the latest at ${homeSafe.latest}. Who has not answered by ${homeSafe.answerBy} is called.`,
  `${span(nextDay.after)} after the dose the patient is asked about ${all(slugs(nextDay.questions))}; the answer is due within ${span(nextDay.dueIn)}.`,
  ...(checkIns ?? []).map(
    ({ id, task, measure, after, dueIn }) =>
      `Check-in “${id}”: somebody is asked to ${TASK_WORDS[task]}${measure === undefined ? '' : ` (${MEASURE_NAMES[measure]})`} ${offsetFrom(after, 'the dose')}, within ${span(dueIn)}.`,
  ),
];

const SCOPES = { integration: 'integration', 'follow-ups': 'follow-up' } as const;

const PROVIDERS = {
  partner: 'of the partner practice',
  'in-house': 'of the clinic',
  either: 'of the clinic or the partner practice',
} as const;

export const integration = ({ integration: care }: Program): string[] =>
  said(
    `Every dose owes ${counted(care.perDose, 'integration session')} of ${span(care.duration)}, ${MODALITY_NAMES[care.modality]}, with a ${care.licensed ? 'licensed ' : ''}${roleName(care.role)} ${PROVIDERS[care.provider]}; also a dose that was broken off.`,
    `It begins ${spans(care.window.opens, care.window.closes)} after the recorded end of the dose, ${ahead(care.notice)}.`,
    care.further !== undefined &&
      `The first of them lies there; each further one begins no sooner than ${span(care.further.after)} after the one before.`,
    care.requiredBeforeNextDose
      ? 'There is no next dose before it has taken place, or a clinician has waived it with a reason.'
      : 'The next dose does not wait for it.',
    `Where it has not taken place ${span(care.holdAfter)} after the dose, the next dose is held.`,
    `Its record holds: ${slugs(care.template).join(', ')}.`,
  );

export const afterwards = ({ continuation, followUps, outcomes }: Program): string[] =>
  said(
    continuation.offerSameTherapist
      ? 'The patient may go on with the same therapist.'
      : 'Going on with the same therapist is not offered.',
    continuation.confirmHandoff ? 'Who takes over confirms it.' : 'Who takes over need not confirm it.',
    `What is handed over needs the patient’s consent to ${CONSENT_NAMES[continuation.release]}.`,
    `The clinic’s own part ends with the last ${SCOPES[continuation.clinicScopeEnds]}.`,
    followUps.length === 0
      ? 'There is no follow-up.'
      : `The clinic asks how the patient is ${all(followUps.map(span))} after the series.`,
    outcomes !== undefined &&
      `The clinic counts as a response a fall of the ${MEASURE_NAMES[outcomes.primary]} by ${percent(outcomes.responseReduction)} or more.`,
  );
