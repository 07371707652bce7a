import type { SafetyEvent } from '../journey/safety-event.ts';
import type { AdverseEventRules } from './rules.ts';

/** Whether an event holds the series and is paged at once (reference 6.1): every crisis, what is not graded yet, and a severe grade. */
export const isSevere = (
  { type, severity }: Pick<SafetyEvent, 'type' | 'severity'>,
  { severeFrom }: Pick<AdverseEventRules, 'severeFrom'>,
): boolean => type === 'crisis' || severity === null || severity >= severeFrom;
