import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';

/** The actions of AWS that take no resource, in two policies of their own, so that every other policy is free of `*`. */
export class SharedPolicies extends Construct {
  readonly tracing: ManagedPolicy;
  readonly logDelivery: ManagedPolicy;

  constructor(scope: Construct, { stage }: Names) {
    super(scope, 'SharedPolicies');
    this.tracing = this.policy('TracingPolicy', `${stage}-tracing`, [
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
    ]);
    // docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
    this.logDelivery = this.policy('LogDeliveryPolicy', `${stage}-log-delivery`, [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
    ]);
  }

  private policy(id: string, managedPolicyName: string, actions: string[]): ManagedPolicy {
    const policy = new ManagedPolicy(this, id, {
      managedPolicyName,
      statements: [new PolicyStatement({ actions, resources: ['*'] })],
    });
    fixed(policy, id);
    return policy;
  }
}
