import { Duration } from 'aws-cdk-lib';
import { type IManagedPolicy, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type DeployedFunction, deployedFunctions, type FunctionName } from '../../functions/contracts/deployment.ts';
import { functionId } from '../names.ts';
import { reservedConcurrency } from '../reserved-concurrency.ts';
import { fixed } from './fixed.ts';
import { grants, type Reach } from './grants.ts';
import { type ClinicFiles, handlerCode } from './handler-code.ts';

export type HouseFunctionProps = {
  readonly name: FunctionName;
  readonly reach: Reach;
  readonly logRetentionDays: number;
  /** Where an event goes that the function failed on every time. */
  readonly failures: Queue;
  readonly tracing: IManagedPolicy;
  /** What goes into the code beside it. */
  readonly files: ClinicFiles;
  readonly reserve: boolean;
};

/** One deployed function: Node 24 on arm64, a log group and a role of its own, and exactly the permissions of its grants. */
export class HouseFunction extends Construct {
  readonly name: FunctionName;
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, props: HouseFunctionProps) {
    const { name, reach, logRetentionDays, failures, tracing, files, reserve } = props;
    const id = functionId(name);
    super(scope, id);
    this.name = name;
    const { folder, timeoutSeconds, grants: granted }: DeployedFunction = deployedFunctions[name];
    const functionName = reach.names.function(name);
    const given = granted.map((grant) => grants[grant](reach));

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logRetentionDays,
      encryptionKey: reach.keys.operations,
    });
    fixed(logGroup, `${id}Logs`);

    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: functionName,
      statements: [
        // A log group's Arn attribute ends in `:*` already, which is its streams.
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
        ...given.flatMap(({ statements }) => statements),
        ...(folder === 'events' ? keepFailures(failures) : []),
      ],
    });
    fixed(policy, `${id}Policy`);
    this.role = new Role(this, 'Role', {
      roleName: functionName,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [policy, tracing],
    });
    fixed(this.role, `${id}Role`);

    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: handlerCode(this, name, files),
      memorySize: 512,
      timeout: Duration.seconds(timeoutSeconds),
      tracing: Tracing.ACTIVE,
      logGroup,
      // Each line has the request's id, and the code needs no logger for it.
      loggingFormat: LoggingFormat.JSON,
      // Whatever CDK would add on its own is left out: the policy above is the whole truth.
      role: this.role.withoutPolicyUpdates(),
      ...(reserve && name in reservedConcurrency && { reservedConcurrentExecutions: reservedConcurrency[name] }),
      environment: Object.assign({}, ...given.map(({ environment }) => environment)),
    });
    fixed(this.lambda, id);
    if (folder === 'events')
      this.lambda.configureAsyncInvoke({
        // Every event is checked again when it is taken up, so late is harmless; later than this, the sweep has done it.
        maxEventAge: Duration.hours(1),
        retryAttempts: 2,
        onFailure: new SqsDestination(failures),
      });
  }
}

const keepFailures = (queue: Queue): readonly PolicyStatement[] => [
  new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
  ...(queue.encryptionMasterKey === undefined
    ? []
    : [
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [queue.encryptionMasterKey.keyArn],
        }),
      ]),
];
