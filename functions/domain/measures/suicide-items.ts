import type { Measure } from './measure.ts';
import { type Answers, safetyFlags } from './score.ts';
import { type Screener, screenerLevel, stillToAsk, type YesOrNo } from './screener.ts';

/**
 * What an answer about suicide calls for in the moment in which it is given, before anything is submitted (reference 2.2, 2.4):
 * - `crisis`: help is shown at once and the on-call clinician is paged;
 * - `clinician-today`: a clinician sees the patient on the same working day, with a safety plan, and nothing is scheduled before;
 * - `ask-screener`: the C-SSRS comes next, in the same sitting;
 * - `show-help`: the number 988 is shown, a clinician reads the answers at clearance.
 */
export type SafetyStep = 'crisis' | 'clinician-today' | 'ask-screener' | 'show-help' | 'none';

/** What the answers to a questionnaire so far call for. */
export const afterAnswers = (measure: Measure, answers: Answers): SafetyStep =>
  safetyFlags(measure, answers).length > 0 ? 'ask-screener' : 'none';

/** What the answers to the screener so far call for; the urgent ones at once, the rest when all that is asked is answered. */
export const afterScreener = (screener: Screener, answers: YesOrNo): SafetyStep => {
  switch (screenerLevel(screener, answers)) {
    case 'high':
      return 'crisis';
    case 'moderate':
      return 'clinician-today';
    case 'low':
      return 'show-help';
    default:
      return 'none';
  }
};

/**
 * What a form calls for that the patient left before its end: after a yes that was not cleared up nobody waits for them to
 * come back, a clinician is told now.
 */
export const afterLeaving = (screener: Screener, answers: YesOrNo, askedFor: SafetyStep): 'page-clinician' | 'none' => {
  const isOpen = stillToAsk(screener, answers).length > 0;
  const saidYes = screener.items.some(({ id }) => answers[id] === true);
  return isOpen && (askedFor === 'ask-screener' || saidYes) ? 'page-clinician' : 'none';
};

/** Whether a patient is asked the screener at every contact after a dose: any flag about suicide so far, of a screening or a form. */
export const isAtRisk = (reasons: readonly string[], flags: readonly string[]): boolean =>
  reasons.some((reason) => reason.startsWith('SI_')) || flags.length > 0;
