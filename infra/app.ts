import { App } from 'aws-cdk-lib';
import { settingsOf } from './config.ts';
import { machineTasks } from './machine-tasks.ts';
import { ThroughlineStack } from './stacks/throughline-stack.ts';
import { workflowTexts } from './workflow-texts.ts';

const app = new App();
new ThroughlineStack(app, {
  settings: settingsOf(app.node.tryGetContext('stages'), app.node.tryGetContext('stage')),
  definitions: workflowTexts(),
  tasks: machineTasks,
});
