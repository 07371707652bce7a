import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';

/**
 * Lets API Gateway write logs. It knows one role for an account and region, whichever stage came last; all of them are alike, and kept,
 * so that no stage that leaves takes the logs of another along.
 */
export class GatewayLogs extends Construct {
  constructor(scope: Construct, names: Names) {
    super(scope, 'GatewayLogs');
    const role = new Role(this, 'Role', {
      roleName: names.apiAccount,
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    fixed(role, 'ApiGatewayRole');
    fixed(new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn }), 'ApiGatewayAccount');
  }
}
