import { Stack } from 'aws-cdk-lib';
import { type IManagedPolicy, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  CustomerManagedEncryptionConfiguration,
  DefinitionBody,
  LogLevel,
  StateMachine,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { functionPlaceholder, type MachineName, machinePlaceholder } from '../../functions/contracts/deployment.ts';
import { machineAliasArn, machineArn } from '../arns.ts';
import type { MachineTasks } from '../machine-tasks.ts';
import { LIVE, machineId, type Names } from '../names.ts';
import { parseDefinition } from '../workflow-lint/definition.ts';
import { fixed } from './fixed.ts';
import type { HouseFunctions } from './house-functions.ts';
import type { Keys } from './keys.ts';
import { workflowStatements } from './workflow-policy.ts';
import { workflowProblems } from './workflow-problems.ts';

export type WorkflowProps = {
  readonly name: MachineName;
  /** The text of workflows/<name>.asl.json. */
  readonly definition: string;
  readonly tasks: MachineTasks;
  readonly functions: HouseFunctions;
  readonly names: Names;
  readonly keys: Keys;
  readonly logRetentionDays: number;
  /** Tracing and log delivery, which name no resource and are shared by all machines. */
  readonly shared: readonly IManagedPolicy[];
};

/** A definition and its permissions do not fit each other; one line per difference. */
export class WorkflowMismatch extends Error {
  override readonly name = 'WorkflowMismatch';
}

/** One state machine: substitutions and permissions from the same table, a version for each definition, the alias `live`. */
export class Workflow extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, props: WorkflowProps) {
    const { name, definition, tasks, functions, names, keys, shared } = props;
    const id = machineId(name);
    super(scope, id);
    const problems = workflowProblems(definition, parseDefinition(definition), tasks);
    if (problems.length > 0)
      throw new WorkflowMismatch(problems.map((problem) => `workflows/${name}.asl.json: ${problem}`).join('\n'));

    const called = tasks.calls.map((call) => ({ call, arn: functions.toCall(call).lambda.functionArn }));
    const retired = (tasks.retired ?? []).map((task) => functions.toCall(task.name).lambda.functionArn);
    const machineName = names.machine(name);
    const children = tasks.runs.map((run) => names.machine(run));

    const logs = new LogGroup(this, 'Logs', {
      // Under this prefix AWS keeps log delivery's resource policy below its limit of 5,120 characters.
      logGroupName: `/aws/vendedlogs/states/${machineName}`,
      retention: props.logRetentionDays,
      encryptionKey: keys.operations,
    });
    fixed(logs, `${id}Logs`);
    const role = this.role(id, names.machineRole(name), [
      ...shared,
      this.policy(id, names.machineRole(name), [...called.map(({ arn }) => arn), ...retired], children, props),
    ]);

    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: machineName,
      // From a string, not a file: an asset would be neither validated at synth nor seen in the template.
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: Object.fromEntries([
        ...called.map(({ call, arn }) => [functionPlaceholder(call), arn]),
        ...tasks.runs.map((run) => [machinePlaceholder(run), machineAliasArn(this, names.machine(run))]),
      ]),
      role: role.withoutPolicyUpdates(),
      tracingEnabled: true,
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      encryptionConfiguration: new CustomerManagedEncryptionConfiguration(keys.data),
    });
    fixed(this.machine, id);
    this.publish(id);
  }

  private policy(
    id: string,
    managedPolicyName: string,
    functionArns: readonly string[],
    children: readonly string[],
    { name, names, keys }: WorkflowProps,
  ): ManagedPolicy {
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName,
      statements: [
        ...workflowStatements(this, { machineName: names.machine(name), functionArns, children, key: keys.data }),
      ],
    });
    fixed(policy, `${id}Policy`);
    return policy;
  }

  private role(id: string, roleName: string, managedPolicies: readonly IManagedPolicy[]): Role {
    const role = new Role(this, 'Role', {
      roleName,
      managedPolicies: [...managedPolicies],
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: { 'aws:SourceArn': machineArn(this, '*') },
        },
      }),
    });
    fixed(role, `${id}Role`);
    return role;
  }

  /** Versions are kept: executions of months ago still belong to one. */
  private publish(id: string) {
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: this.machine.stateMachineArn,
      stateMachineRevisionId: this.machine.stateMachineRevisionId,
    });
    fixed(version, `${id}Version`);
    const alias = new CfnStateMachineAlias(this, 'Alias', {
      name: LIVE,
      deploymentPreference: { type: 'ALL_AT_ONCE', stateMachineVersionArn: version.attrArn },
    });
    fixed(alias, `${id}Alias`);
  }
}
