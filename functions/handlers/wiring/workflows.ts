import { machineNames } from '../../contracts/deployment.ts';
import { stepFunctions, type Workflows } from '../../messengers/workflows.ts';
import { env } from '../../runtime/env.ts';

/** The state machines on AWS, by alias ARNs built from their names: machines that start one another cannot refer to one another. */
export const wireWorkflows = (): Workflows => {
  const prefix = env('MACHINE_ARN_PREFIX');
  const alias = env('MACHINE_ALIAS');
  return stepFunctions({
    machines: Object.fromEntries(machineNames.map((name) => [name, `${prefix}${env('STAGE')}-${name}:${alias}`])),
  });
};
