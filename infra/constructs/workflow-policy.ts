import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { executionArns, machineArn, onAlias } from '../arns.ts';

export type WorkflowPolicy = {
  readonly machineName: string;
  readonly functionArns: readonly string[];
  readonly children: readonly string[];
  readonly key: Key;
};

/** Exactly what one state machine's role may do: call its functions, run its children, use the key for its own data. */
export const workflowStatements = (
  scope: Construct,
  { machineName, functionArns, children, key }: WorkflowPolicy,
): readonly PolicyStatement[] => [
  new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [...functionArns] }),
  ...(children.length === 0 ? [] : childStatements(scope, children)),
  new PolicyStatement({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [key.keyArn],
    conditions: {
      StringEquals: {
        // A child's answer is read with DescribeExecution, in the name of the parent's role.
        'kms:EncryptionContext:aws:states:stateMachineArn': [machineName, ...children].map((name) =>
          machineArn(scope, name),
        ),
      },
    },
  }),
  new PolicyStatement({
    actions: ['kms:GenerateDataKey'],
    resources: [key.keyArn],
    conditions: {
      StringEquals: {
        'kms:EncryptionContext:SourceArn': Stack.of(scope)
          .formatArn({ service: 'logs', resource: '*' })
          .replace(/\/$/, ''),
      },
    },
  }),
];

/** What `startExecution.sync:2` needs (docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html). */
const childStatements = (scope: Construct, children: readonly string[]): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: ['states:StartExecution'],
    resources: children.map((name) => machineArn(scope, name)),
    conditions: onAlias,
  }),
  new PolicyStatement({
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    resources: children.map((name) => executionArns(scope, name)),
  }),
  new PolicyStatement({
    actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    resources: [
      Stack.of(scope).formatArn({
        service: 'events',
        resource: 'rule',
        resourceName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
      }),
    ],
  }),
];
