import adverseEvents from '../../programs/care/adverse-events.json' with { type: 'json' };
import billing from '../../programs/care/billing.json' with { type: 'json' };
import confidentiality from '../../programs/care/confidentiality.json' with { type: 'json' };
import dosingDay from '../../programs/care/dosing-day.json' with { type: 'json' };
import followUp from '../../programs/care/follow-up.json' with { type: 'json' };
import screener from '../../programs/measures/cssrs-screener.json' with { type: 'json' };
import { parseAdverseEventRules } from '../domain/adverse-events/rules.ts';
import { parseBillingRules } from '../domain/billing/rules.ts';
import type { CareRules } from '../domain/care/care-rules.ts';
import { parseDosingDay } from '../domain/dosing/dosing-day.ts';
import { parseFollowUpRules } from '../domain/follow-up/rules.ts';
import { parseConfidentialityRules } from '../domain/law/confidentiality.ts';
import { parseScreener } from '../domain/measures/screener.ts';

let rules: CareRules | undefined;

/** The rules of care that are deployed with the functions, read when the first of them is asked for. */
export const careRules = (): CareRules => {
  rules ??= {
    dosingDay: parseDosingDay(dosingDay),
    followUp: parseFollowUpRules(followUp),
    adverseEvents: parseAdverseEventRules(adverseEvents),
    billing: parseBillingRules(billing),
    confidentiality: parseConfidentialityRules(confidentiality),
    screener: parseScreener(screener),
  };
  return rules;
};
