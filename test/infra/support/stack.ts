import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdk from '../../../cdk.json' with { type: 'json' };
import { machineTasks } from '../../../infra/machine-tasks.ts';
import { type ThroughlineProps, ThroughlineStack } from '../../../infra/stacks/throughline-stack.ts';
import { workflowTexts } from '../../../infra/workflow-texts.ts';
import { testDeployment } from './deployment.ts';

const outdirs = new Set<string>();
process.once('exit', () => {
  for (const outdir of outdirs) rmSync(outdir, { recursive: true, force: true });
});

/** The stack of the stage `test`, without running esbuild; the folder is for the cloud assembly. */
export const stackOf = (changes: Partial<ThroughlineProps> = {}) => {
  const outdir = mkdtempSync(join(tmpdir(), 'throughline-synth-'));
  outdirs.add(outdir);
  const app = new App({ outdir, context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const stack = new ThroughlineStack(app, {
    settings: testDeployment(),
    definitions: changes.definitions ?? workflowTexts(),
    tasks: machineTasks,
    ...changes,
  });
  return { app, stack, outdir };
};

let template: Template | undefined;

/** The template of the deployable stack, made once for a test file. */
export const theTemplate = (): Template => {
  template ??= Template.fromStack(stackOf().stack);
  return template;
};
