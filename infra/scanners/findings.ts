import * as z from 'zod';

/** One thing that a scanner says of the template. */
export type ScannerFinding = {
  readonly scanner: 'cfn-lint' | 'checkov';
  readonly rule: string;
  /** The resource's logical id, and what of it. */
  readonly at: string;
  readonly message: string;
};

/** A rule of a scanner that this system lives with, and why; `where` narrows it to findings whose place and message hold this. */
export type ScannerAcknowledgement = {
  readonly scanner: ScannerFinding['scanner'];
  readonly rule: string;
  readonly where?: RegExp;
  readonly reason: string;
};

const CfnLint = z.array(
  z.looseObject({
    Rule: z.looseObject({ Id: z.string() }),
    Message: z.string(),
    Location: z.looseObject({ Path: z.array(z.union([z.string(), z.number()])) }),
  }),
);

/** Reads what `cfn-lint --format json` wrote. */
export const cfnLintFindings = (json: string): readonly ScannerFinding[] =>
  CfnLint.parse(JSON.parse(json)).map(({ Rule, Message, Location }) => ({
    scanner: 'cfn-lint',
    rule: Rule.Id,
    at: Location.Path.slice(1).join('/'),
    message: Message,
  }));

const Checkov = z.looseObject({
  summary: z.looseObject({ parsing_errors: z.int(), resource_count: z.int() }),
  results: z.looseObject({
    failed_checks: z.array(z.looseObject({ check_id: z.string(), check_name: z.string(), resource: z.string() })),
  }),
});

/** Reads what `checkov -o json` wrote; a template that it could not read is a finding of its own. */
export const checkovFindings = (json: string): readonly ScannerFinding[] => {
  const { summary, results } = Checkov.parse(JSON.parse(json));
  const failed = results.failed_checks.map(
    ({ check_id, check_name, resource }): ScannerFinding => ({
      scanner: 'checkov',
      rule: check_id,
      at: resource.replace(/^.*\./, ''),
      message: check_name,
    }),
  );
  if (summary.parsing_errors === 0 && summary.resource_count > 0) return failed;
  return [...failed, { scanner: 'checkov', rule: 'PARSING', at: 'template', message: 'could not be read' }];
};

const covers = ({ scanner, rule, where }: ScannerAcknowledgement, finding: ScannerFinding): boolean =>
  scanner === finding.scanner && rule === finding.rule && (where?.test(`${finding.at} ${finding.message}`) ?? true);

/** What is left to put right, one line each: findings without a reason, and reasons without a finding. */
export const leftOf = (
  findings: readonly ScannerFinding[],
  known: readonly ScannerAcknowledgement[],
): readonly string[] => [
  ...findings
    .filter((finding) => !known.some((each) => covers(each, finding)))
    .map(({ scanner, rule, at, message }) => `${scanner} ${rule} ${at}: ${message}`),
  ...known
    .filter((each) => !findings.some((finding) => covers(each, finding)))
    .map(({ scanner, rule }) => `${scanner} ${rule}: acknowledged in infra/acknowledgements.ts, but no longer found`),
];
