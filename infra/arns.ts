import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { LIVE } from './names.ts';

const colon = (scope: IConstruct, service: string, resource: string, resourceName: string) =>
  Stack.of(scope).formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });

/** A function's ARN from its name: a reference would close the loop function - policy - machine - function. */
export const lambdaArn = (scope: IConstruct, name: string) => colon(scope, 'lambda', 'function', name);

/** A state machine's ARN from its name, for the same reason. */
export const machineArn = (scope: IConstruct, name: string) => colon(scope, 'states', 'stateMachine', name);

/** The alias that executions start on, so that each belongs to a version. It is no resource for a policy: see `onAlias`. */
export const machineAliasArn = (scope: IConstruct, name: string) => `${machineArn(scope, name)}:${LIVE}`;

/**
 * IAM is asked for the machine's own ARN when a start names its alias, with the alias in this key; a policy on the alias's ARN would
 * allow nothing (Step Functions Developer Guide, Authorization for versions and aliases).
 */
export const onAlias = { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': LIVE } };

/** Every execution of a machine: their names are made at run time. */
export const executionArns = (scope: IConstruct, name: string) => colon(scope, 'states', 'execution', `${name}:*`);
