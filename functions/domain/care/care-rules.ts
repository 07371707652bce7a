import type { AdverseEventRules } from '../adverse-events/rules.ts';
import type { BillingRules } from '../billing/rules.ts';
import type { DosingDay } from '../dosing/dosing-day.ts';
import type { FollowUpRules } from '../follow-up/rules.ts';
import type { ConfidentialityRules } from '../law/confidentiality.ts';
import type { Screener } from '../measures/screener.ts';

/** What holds for every program alike, each file with its sources. */
export type CareRules = {
  readonly dosingDay: DosingDay;
  readonly followUp: FollowUpRules;
  readonly adverseEvents: AdverseEventRules;
  readonly billing: BillingRules;
  /** Which part of a record is kept how closely, and who sees it. */
  readonly confidentiality: ConfidentialityRules;
  /** The questions about suicide that everybody is asked at intake, and again after a yes elsewhere. */
  readonly screener: Screener;
};
