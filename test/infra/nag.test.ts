import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { acknowledgements } from '../../infra/acknowledgements.ts';
import { namesOf } from '../../infra/names.ts';
import { stackOf } from './support/stack.ts';

const Report = z.looseObject({
  pluginReports: z.array(
    z.looseObject({
      pluginName: z.string(),
      violations: z.array(
        z.looseObject({
          ruleName: z.string(),
          violatingConstructs: z.array(z.looseObject({ constructPath: z.string() })),
        }),
      ),
    }),
  ),
});

const findingsOf = ({ app, outdir }: ReturnType<typeof stackOf>): readonly string[] => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app));
  try {
    app.synth();
    return [];
  } catch {
    const report = Report.parse(JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')));
    return report.pluginReports.flatMap(({ violations }) =>
      violations.flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      ),
    );
  }
};

describe('cdk-nag, AwsSolutions and HIPAASecurity', () => {
  it('finds nothing that is not acknowledged', () => {
    expect(findingsOf(stackOf())).toEqual([]);
  });

  it('every acknowledgement says why in at least a sentence', () => {
    for (const { reason } of acknowledgements(namesOf('test'))) expect(reason).toMatch(/^[A-Z].{40,}[.]$/);
  });
});
