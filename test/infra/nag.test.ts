import { describe, expect, it } from 'vitest';
import { acknowledgements } from '../../infra/acknowledgements.ts';
import { namesOf } from '../../infra/names.ts';
import { findingsOf } from './support/nag.ts';
import { stackOf } from './support/stack.ts';

describe('cdk-nag, AwsSolutions and HIPAASecurity', () => {
  it('finds nothing that is not acknowledged', () => {
    expect(findingsOf(stackOf())).toEqual([]);
  });

  it('every acknowledgement says why in at least a sentence', () => {
    for (const { reason } of acknowledgements(namesOf('test'))) expect(reason).toMatch(/^[A-Z].{40,}[.]$/);
  });
});
