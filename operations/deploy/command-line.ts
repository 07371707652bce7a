import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputRefused } from '../../functions/domain/problems.ts';
import { chosenSettings } from '../../infra/settings/read-settings.ts';
import { parseOptions } from '../../local/command-line/parse-options.ts';
import { telling } from '../../local/command-line/telling.ts';
import { deployedTemplate } from './deployed-template.ts';
import { losses, type Template, unconfirmed } from './losses.ts';

export const USAGE = `npm run -s deploy -- (--stage STAGE | --settings FILE) [--confirm ID...] [--yes]

  --stage STAGE     the clinic of deployments/STAGE.json, into the account and region of the shell
  --settings FILE   the clinic of another settings file
  --confirm ID      a table, key, log or backup that may be replaced, dropped or kept for less long, by the id that the refusal names
  --yes             asks nothing before it changes permissions
`;

const OPTIONS = {
  stage: { type: 'string' },
  settings: { type: 'string' },
  confirm: { type: 'string', multiple: true, default: [] as string[] },
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const ROOT = join(import.meta.dirname, '../..');

/** Runs the CDK that the project brings, with the terminal; its status is the answer. */
const cdk = (...args: readonly string[]): number =>
  spawnSync(process.execPath, [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), ...args], { cwd: ROOT, stdio: 'inherit' })
    .status ?? 1;

const nextTemplate = (stack: string): Template =>
  JSON.parse(readFileSync(join(ROOT, 'cdk.out', `${stack}.template.json`), 'utf8'));

type Terminal = {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
};

/** What the command stands on; a test gives its own. */
export type DeployTools = {
  readonly cdk: (...args: readonly string[]) => number;
  readonly deployed: (stack: string) => Promise<Template | undefined>;
  readonly next: (stack: string) => Template;
};

const tools: DeployTools = { cdk, deployed: deployedTemplate, next: nextTemplate };

/**
 * Synthesizes a deployment, compares it with what is deployed, and deploys it unless something that the clinic keeps would be lost.
 * Status 0 when it is deployed, 1 when CDK failed, 2 when it was refused: then one line a problem, and nothing was changed.
 */
export const deployCommand = (args: string[], terminal: Terminal, use = tools): Promise<0 | 1 | 2> =>
  telling(terminal, async () => {
    const { stage, settings, confirm, yes, help } = parseOptions(args, OPTIONS);
    if (help) {
      terminal.stdout.write(USAGE);
      return 0;
    }
    const chosen = chosenSettings(stage, settings);
    const context = settings === undefined ? ['--context', `stage=${stage}`] : ['--context', `settings=${settings}`];
    if (use.cdk('synth', '--quiet', ...context) !== 0) return 1;
    const stack = `Throughline-${chosen.stage}`;
    const deployed = await use.deployed(stack);
    const left = deployed === undefined ? [] : unconfirmed(losses(deployed, use.next(stack)), confirm);
    if (left.length > 0) throw new InputRefused([...left]);
    const asking = yes ? ['--require-approval', 'never'] : [];
    return use.cdk('deploy', stack, '--app', 'cdk.out', ...asking) === 0 ? 0 : 1;
  });
