import { relative } from 'node:path';
import type { Metafile } from 'esbuild';
import {
  type DeployedFunction,
  deployedFunctions,
  type FunctionName,
  type Grant,
} from '../../functions/contracts/deployment.ts';

/** The file that uses what each of these grants allows; a function holds the file exactly when it has one of them. */
const USED_BY: readonly (readonly [file: string, grants: readonly Grant[]])[] = [
  ['functions/stores/dynamo-table.ts', ['read-table', 'write-table']],
  ['functions/stores/therapy-notes.ts', ['keep-notes']],
  ['functions/messengers/email.ts', ['send-email']],
  ['functions/messengers/sms.ts', ['send-sms']],
  ['functions/messengers/schedules.ts', ['plan-schedules']],
  ['functions/messengers/workflows.ts', ['start-executions', 'describe-executions', 'resume-waits']],
  ['functions/messengers/events.ts', ['publish-events']],
  ['functions/runtime/measure.ts', ['measure']],
  ['functions/runtime/tokens.ts', ['check-tokens']],
  ['functions/runtime/secrets.ts', ['seal-cursors', 'tell-webhooks']],
  ['functions/messengers/webhooks.ts', ['tell-webhooks']],
];

/** The source files of which something is left in the bundle of a function. */
export const sourcesIn = ({ outputs }: Metafile, bundle: string): readonly string[] =>
  Object.entries(outputs[relative(process.cwd(), bundle)]?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);

/** Permissions of a function that its code does not use, and code that lacks its permission, one sentence each. */
export const grantProblems = (name: FunctionName, sources: readonly string[]): readonly string[] => {
  const { grants }: DeployedFunction = deployedFunctions[name];
  const held = new Set(sources);
  return USED_BY.flatMap(([file, one]) => {
    const given = one.filter((grant) => grants.includes(grant));
    if (given.length > 0 && !held.has(file))
      return [`Function "${name}" may ${given.join(', ')}, but its code holds no ${file}`];
    if (given.length === 0 && held.has(file))
      return [`Function "${name}" holds ${file}, but has none of the grants ${one.join(', ')}`];
    return [];
  });
};
