import { machineNames } from '../../functions/contracts/deployment.ts';
import { functionNames } from '../constructs/house-functions.ts';
import { functionId, machineId } from '../names.ts';
import { permissionsOf, type Resources } from './permissions.ts';

/** The stage under which the page names things. */
export const STAGE_OF_THE_PAGE = 'stage';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');
const code = (text: string): string => text.replace(/\S+/g, '`$&`');

/** docs/permissions.md: each role, action by resource, as the template has it. */
export const permissionsPage = (resources: Resources): string => {
  const permissions = permissionsOf(resources);
  const rowsOf = (name: string, id: string): readonly string[] => {
    const { own = [], shared = [] } = permissions[id] ?? {};
    const rows = [
      ...own.map(({ actions, on, condition }) => `${code(actions)} | ${cell(on)} | ${cell(condition)}`),
      ...shared.map((policy) => `the policy \`${policy.replace(/^.*policy\//, '')}\` | |`),
    ];
    return rows.map((row, index) => `| ${index === 0 ? `**${name}**` : ''} | ${row} |`);
  };
  const table = (what: string, rows: readonly string[]): string =>
    [`| ${what} | may | on | |`, '| --- | --- | --- | --- |', ...rows].join('\n');
  return `# Permissions

Written by \`npm run permissions\` from the template; a test fails when it is no longer what the template says. Resources go by their logical
ids, or by their ARNs without partition, region and account; \`${STAGE_OF_THE_PAGE}\` stands for the deployment's stage. Each function and each
machine has a role of its own, and no role has a policy beside these.

## Functions

${table(
  'function',
  functionNames.flatMap((name) => rowsOf(name, functionId(name))),
)}

## State machines

${table(
  'machine',
  machineNames.flatMap((name) => rowsOf(name, machineId(name))),
)}

## Services

${table('service', [...rowsOf('EventBridge Scheduler', 'Scheduler'), ...rowsOf('AWS Backup', 'Backup'), ...rowsOf('API Gateway', 'ApiGateway')])}

The two policies that machines and functions share hold the actions that take no resource: tracing (\`TracingPolicy\`) and the delivery of logs
(\`LogDeliveryPolicy\`).
`;
};
