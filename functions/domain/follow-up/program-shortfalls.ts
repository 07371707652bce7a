import type { Measure } from '../measures/measure.ts';
import type { Program } from '../program/program.ts';
import { mostDoses } from '../program/series.ts';
import { approximateSeconds } from '../program/values.ts';
import { recallTraps } from './measures.ts';
import type { FollowUpRules } from './rules.ts';

const seconds = approximateSeconds;

const aftercare = ({ aftercare: { nextDay } }: Program, { checkIn }: FollowUpRules): string[] => {
  const [from, until] = [seconds(checkIn.from), seconds(checkIn.until)];
  const answered = seconds(nextDay.after) + seconds(nextDay.dueIn);
  return [
    ...(seconds(nextDay.after) < from
      ? [`aftercare.nextDay.after: found ${nextDay.after}; at least ${checkIn.from}`]
      : []),
    ...(answered > until
      ? [`aftercare.nextDay.dueIn: ${nextDay.dueIn} after ${nextDay.after}; at most ${checkIn.until} after the dose`]
      : []),
  ];
};

const integration = ({ integration: asked, reminders }: Program, { integration: rule }: FollowUpRules): string[] => {
  const reminded = reminders
    .filter(({ anchor, unless }) => anchor === 'dose.ended' && unless === 'integration-done')
    .map(({ offset }) => seconds(offset));
  return [
    ...rule.remindAfter
      .filter((at) => !reminded.includes(seconds(at)))
      .map((at) => `reminders: none ${at} after the dose while the integration is open`),
    ...(seconds(asked.window.closes) > seconds(rule.holdAfter)
      ? [`integration.window.closes: found ${asked.window.closes}; at most ${rule.holdAfter}`]
      : []),
    ...(seconds(asked.holdAfter) > seconds(rule.holdAfter)
      ? [`integration.holdAfter: found ${asked.holdAfter}; at most ${rule.holdAfter}`]
      : []),
  ];
};

const reviews = ({ series, providerReview, response }: Program, { reviews: rule }: FollowUpRules): string[] => {
  const most = mostDoses(series);
  const looked = [
    ...series.evaluateAfter,
    ...(providerReview?.afterDoses ?? []),
    ...response.map(({ afterDoses }) => afterDoses),
  ];
  const latest = Math.max(...rule.early);
  return [
    ...(most >= latest && !rule.early.some((dose) => looked.includes(dose))
      ? [`series.evaluateAfter: nobody looks after dose ${rule.early.join(' or ')}`]
      : []),
    ...(most > rule.later && !looked.includes(rule.later)
      ? [`series.evaluateAfter: nobody looks after dose ${rule.later}`]
      : []),
  ];
};

const response = ({ response: asked, series }: Program, { response: rules }: FollowUpRules): string[] =>
  rules.flatMap(({ afterDoses, reductionAtLeast, asks }) =>
    mostDoses(series) < Math.max(...afterDoses) ||
    asked.some((rule) => afterDoses.includes(rule.afterDoses) && rule.reductionBelow >= reductionAtLeast)
      ? []
      : [`response: no rule to ${asks} after dose ${afterDoses.join(' or ')} below ${reductionAtLeast}`],
  );

/** Where a program does less after a dose than the rules of follow-up ask; one line each, beginning with the path. */
export const followUpShortfalls = (
  program: Program,
  rules: FollowUpRules,
  instruments: readonly Measure[],
): string[] => [
  ...aftercare(program, rules),
  ...integration(program, rules),
  ...reviews(program, rules),
  ...response(program, rules),
  ...recallTraps(program, instruments),
  ...program.clearances.flatMap(({ validFor }, n) =>
    seconds(validFor) > seconds(rules.clearance.validFor)
      ? [`clearances[${n}].validFor: found ${validFor}; at most ${rules.clearance.validFor}`]
      : [],
  ),
  ...rules.followUps
    .filter((at) => !program.followUps.some((each) => seconds(each) === seconds(at)))
    .map((at) => `followUps: none after ${at}`),
];
