import type { Route } from '../names.ts';
import type { LocalDate } from '../time/local.ts';
import type { BillingRules, Code } from './rules.ts';

/** One service that was rendered. */
export type Service = {
  readonly step: Code['steps'][number];
  readonly on: LocalDate;
  readonly drug?: 'racemic' | 'esketamine';
  readonly route?: Route;
  readonly doseMg?: number;
  readonly payer?: 'medicare' | 'commercial-or-medicaid' | 'self-pay';
};

const agrees = <T>(asked: T | undefined, given: T | undefined): boolean => asked === undefined || asked === given;

const isInUse = ({ from, until }: Code, on: LocalDate): boolean =>
  (from === undefined || on >= from) && (until === undefined || on <= until);

const fitsDose = ({ doseAbove, doseAtMost }: Code, mg: number | undefined): boolean =>
  (doseAbove === undefined || (mg !== undefined && mg > doseAbove)) &&
  (doseAtMost === undefined || (mg !== undefined && mg <= doseAtMost));

/** The codes from which a biller chooses for one service; the choice, by time and record, stays theirs. */
export const codesFor = (service: Service, { codes }: Pick<BillingRules, 'codes'>): string[] =>
  codes
    .filter(
      (code) =>
        code.steps.includes(service.step) &&
        isInUse(code, service.on) &&
        agrees(code.drug, service.drug) &&
        (code.routes === undefined || (service.route !== undefined && code.routes.includes(service.route))) &&
        agrees<string>(code.payer, service.payer) &&
        fitsDose(code, service.doseMg),
    )
    .map(({ code }) => code);

/** What is wrong with the codes of one day's claim; one line each. */
export const claimProblems = (claim: readonly string[], on: LocalDate, { codes, refused }: BillingRules): string[] => {
  const known = claim.flatMap((code) => codes.find((each) => each.code === code) ?? []);
  const bundle = known.find(({ includesVisit }) => includesVisit);
  return [
    ...claim.flatMap((code) => refused.flatMap((each) => (each.code === code ? [`${code}: ${each.why}`] : []))),
    ...claim.flatMap((code) =>
      [...codes, ...refused].some((each) => each.code === code) ? [] : [`${code}: not a code of this treatment`],
    ),
    ...claim.flatMap((code, n) => (claim.indexOf(code) < n ? [`${code}: twice; one code for one service`] : [])),
    ...known.flatMap((each) => (isInUse(each, on) ? [] : [`${each.code}: not in use on ${on}`])),
    ...(bundle === undefined
      ? []
      : known
          .filter(({ evaluationAndManagement }) => evaluationAndManagement)
          .map(({ code }) => `${code}: ${bundle.code} includes the visit of the day`)),
    ...(known.length > 0 && known.every(({ addOn }) => addOn)
      ? known.map(({ code }) => `${code}: only together with another code`)
      : []),
  ];
};
