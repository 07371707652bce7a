import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { machineTasks } from './machine-tasks.ts';
import { permissionsPage, STAGE_OF_THE_PAGE } from './permission-table/page.ts';
import { chosenSettings } from './settings/read-settings.ts';
import { ThroughlineStack } from './stacks/throughline-stack.ts';
import { workflowTexts } from './workflow-texts.ts';

const outdir = mkdtempSync(join(tmpdir(), 'throughline-permissions-'));
try {
  // No bundling: the code of functions says nothing of what they may do.
  const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });
  const { artifactId } = new ThroughlineStack(app, {
    settings: { ...chosenSettings('dev', undefined), stage: STAGE_OF_THE_PAGE },
    definitions: workflowTexts(),
    tasks: machineTasks,
  });
  const { template } = app.synth().getStackArtifact(artifactId);
  writeFileSync(join(import.meta.dirname, '../docs/permissions.md'), permissionsPage(template.Resources));
  console.log('docs/permissions.md written');
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
