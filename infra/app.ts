import { App } from 'aws-cdk-lib';
import { InputRefused } from '../functions/domain/problems.ts';
import { machineTasks } from './machine-tasks.ts';
import { chosenSettings } from './settings/read-settings.ts';
import { ThroughlineStack } from './stacks/throughline-stack.ts';
import { workflowTexts } from './workflow-texts.ts';

const app = new App();
try {
  new ThroughlineStack(app, {
    settings: chosenSettings(app.node.tryGetContext('stage'), app.node.tryGetContext('settings')),
    definitions: workflowTexts(),
    tasks: machineTasks,
  });
} catch (error) {
  if (!(error instanceof InputRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
