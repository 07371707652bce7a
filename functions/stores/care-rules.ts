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
import { readOnce } from './read-once.ts';

const read = {
  dosingDay: readOnce(() => parseDosingDay(dosingDay)),
  followUp: readOnce(() => parseFollowUpRules(followUp)),
  adverseEvents: readOnce(() => parseAdverseEventRules(adverseEvents)),
  billing: readOnce(() => parseBillingRules(billing)),
  confidentiality: readOnce(() => parseConfidentialityRules(confidentiality)),
  screener: readOnce(() => parseScreener(screener)),
};

const rules: CareRules = {
  get dosingDay() {
    return read.dosingDay();
  },
  get followUp() {
    return read.followUp();
  },
  get adverseEvents() {
    return read.adverseEvents();
  },
  get billing() {
    return read.billing();
  },
  get confidentiality() {
    return read.confidentiality();
  },
  get screener() {
    return read.screener();
  },
};

/** The rules of care that are deployed with the functions, each read when it is first asked for. */
export const careRules = (): CareRules => rules;
