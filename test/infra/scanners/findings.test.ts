import { describe, expect, it } from 'vitest';
import { scannerAcknowledgements } from '../../../infra/scanners/acknowledgements.ts';
import { cfnLintFindings, checkovFindings, leftOf, type ScannerFinding } from '../../../infra/scanners/findings.ts';

const finding = (changes: Partial<ScannerFinding> = {}): ScannerFinding => ({
  scanner: 'checkov',
  rule: 'CKV_AWS_117',
  at: 'OpenTaskFunction',
  message: 'Ensure that AWS Lambda function is configured inside a VPC',
  ...changes,
});
const known = { scanner: 'checkov', rule: 'CKV_AWS_117', reason: 'No VPC.' } as const;

describe('What the scanners write', () => {
  it('is read from cfn-lint, with the place in the template', () => {
    const json = JSON.stringify([
      {
        Rule: { Id: 'E3601', ShortDescription: 'x' },
        Level: 'Error',
        Message: 'is not of type number',
        Location: { Path: ['Resources', 'CycleMachine', 'Properties', 'States', 0], Start: {} },
      },
    ]);
    expect(cfnLintFindings(json)).toEqual([
      { scanner: 'cfn-lint', rule: 'E3601', at: 'CycleMachine/Properties/States/0', message: 'is not of type number' },
    ]);
  });

  it('is read from checkov, by the resource', () => {
    const failed = { check_id: 'CKV_AWS_117', check_name: 'VPC', resource: 'AWS::Lambda::Function.OpenTaskFunction' };
    const report = (parsing_errors: number, resource_count = 281) =>
      JSON.stringify({ summary: { parsing_errors, resource_count }, results: { failed_checks: [failed] } });
    const found = finding({ message: 'VPC' });
    expect(checkovFindings(report(0))).toEqual([found]);
    expect(checkovFindings(report(1)).map(({ rule }) => rule)).toEqual(['CKV_AWS_117', 'PARSING']);
    expect(checkovFindings(report(0, 0)).map(({ rule }) => rule)).toEqual(['CKV_AWS_117', 'PARSING']);
  });
});

describe('What is left to put right', () => {
  it('is nothing where each finding has its reason', () => {
    expect(leftOf([finding(), finding({ at: 'DecideTaskFunction' })], [known])).toEqual([]);
  });

  it('is a finding of another rule, another scanner, or at a place that the reason does not speak of', () => {
    expect(leftOf([finding(), finding({ rule: 'CKV_AWS_1' })], [known])).toEqual([
      expect.stringMatching(/^checkov CKV_AWS_1 OpenTaskFunction: /),
    ]);
    expect(leftOf([finding({ scanner: 'cfn-lint' })], [known])).toHaveLength(2);
    expect(leftOf([finding()], [{ ...known, where: /^DecideTask/ }])).toHaveLength(2);
  });

  it('is a reason whose finding is gone', () => {
    expect(leftOf([], [known])).toEqual([
      'checkov CKV_AWS_117: acknowledged in infra/acknowledgements.ts, but no longer found',
    ]);
  });
});

it.each(scannerAcknowledgements)('$scanner $rule is acknowledged in at least a sentence', ({ reason }) => {
  expect(reason).toMatch(/^[A-Z].{40,}[.]$/);
});
