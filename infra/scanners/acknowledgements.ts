import type { ScannerAcknowledgement } from './findings.ts';

/** Every finding of cfn-lint and checkov that this system lives with, and why; one that is no longer found fails the scan as well. */
export const scannerAcknowledgements: readonly ScannerAcknowledgement[] = [
  {
    scanner: 'cfn-lint',
    rule: 'W3005',
    reason:
      'CDK writes DependsOn beside a reference that says the same; CloudFormation takes both, and neither is ours.',
  },
  {
    scanner: 'cfn-lint',
    rule: 'E3601',
    where: /\{% \$seconds %\}.*TimeoutSeconds/,
    reason:
      'TimeoutSeconds takes a JSONata expression in a JSONata machine; the schema of this rule knows only numbers.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_18',
    where: /^AccessTrailFiles/,
    reason:
      'The bucket is the log of access itself, written by CloudTrail alone; a log of this log would need a log again.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_67',
    reason:
      'The trail follows one table, which lives in one region; the trail of the account belongs to the clinic as a whole.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_115',
    reason:
      'Six functions have concurrency of their own (infra/reserved-concurrency.ts); for the others it would be a limit that throttles a patient.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_116',
    reason:
      'Functions for events have an on-failure destination, which also tells why; the others are called synchronously, and their caller retries and catches.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_117',
    reason:
      'The functions reach only AWS services, over TLS and under their own roles; a VPC would draw no boundary that IAM does not.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_173',
    reason:
      'The environment holds names and ARNs, no secret and nothing of a patient; Lambda encrypts it under its own key, and a key of ours would be one more permission for each role.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_120',
    reason: 'Nothing is cached: every answer depends on who asks, and clinical data must not lie in a cache at all.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_59',
    where: /^PublicApi/,
    reason:
      'The function checks every token itself; the consult request and links are for people who are not signed in.',
  },
];
