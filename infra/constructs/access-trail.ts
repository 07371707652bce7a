import { Duration, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
import { fixed } from './fixed.ts';

/** Every read and write of the tables, by whom: the question that a patient or a court may ask years later. */
export class AccessTrail extends Construct {
  constructor(scope: Construct, names: Names, { retention }: Settings, tables: readonly Table[], key: Key) {
    super(scope, 'AccessTrail');
    const { account } = Stack.of(this);
    const arn = Stack.of(this).formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: names.trail });
    const files = new Bucket(this, 'Files', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        {
          expiration: Duration.days(retention.trail),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    fixed(files, 'AccessTrailFiles');
    const trailOnly = { StringEquals: { 'aws:SourceArn': arn } };
    const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com');
    for (const [action, resource] of [
      ['s3:GetBucketAcl', files.bucketArn],
      ['s3:PutObject', files.arnForObjects(`AWSLogs/${account}/*`)],
    ] as const)
      files.addToResourcePolicy(
        new PolicyStatement({
          principals: [cloudTrail],
          actions: [action],
          resources: [resource],
          conditions: trailOnly,
        }),
      );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudTrail],
        actions: ['kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:Decrypt'],
        resources: ['*'],
        conditions: trailOnly,
      }),
    );
    const trail = new CfnTrail(this, 'Trail', {
      trailName: names.trail,
      isLogging: true,
      s3BucketName: files.bucketName,
      kmsKeyId: key.keyArn,
      enableLogFileValidation: true,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: false,
      advancedEventSelectors: [
        {
          name: 'the tables, and nothing else',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] },
            { field: 'resources.ARN', equalTo: tables.map(({ tableArn }) => tableArn) },
          ],
        },
      ],
    });
    if (files.policy !== undefined) trail.node.addDependency(files.policy);
    fixed(trail, 'AccessTrail');
  }
}
