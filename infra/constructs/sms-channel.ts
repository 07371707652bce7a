import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-smsvoice';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';
import type { HouseFunction } from './house-function.ts';

/** SMS through AWS End User Messaging, with delivery reports on a topic. */
export class SmsChannel extends Construct {
  readonly configurationSet: string;
  private readonly origination: string;
  private readonly reports: Topic;

  constructor(scope: Construct, names: Names, { smsOrigination }: Settings, masterKey: Key) {
    super(scope, 'Sms');
    this.origination = smsOrigination;
    this.configurationSet = names.smsConfigurationSet;
    // A topic, not EventBridge: those events are best effort, and a safety message must not be lost from sight.
    this.reports = new Topic(this, 'Reports', { topicName: names.smsEvents, masterKey, enforceSSL: true });
    fixed(this.reports, 'SmsEvents');
    this.letServicePublish();
    const set = new CfnConfigurationSet(this, 'Set', {
      configurationSetName: this.configurationSet,
      eventDestinations: [
        {
          eventDestinationName: 'delivery-reports',
          enabled: true,
          matchingEventTypes: ['TEXT_ALL'],
          snsDestination: { topicArn: this.reports.topicArn },
        },
      ],
    });
    fixed(set, 'SmsConfigurationSet');
  }

  private letServicePublish() {
    this.reports.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.reports.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnEquals: { 'aws:SourceArn': this.configurationSetArn },
        },
      }),
    );
  }

  /** Hands every report to one function. */
  reportTo({ lambda }: HouseFunction, deadLetterQueue: Queue) {
    this.reports.addSubscription(new LambdaSubscription(lambda, { deadLetterQueue }));
  }

  get configurationSetArn(): string {
    return this.arn(`configuration-set/${this.configurationSet}`);
  }

  get originationArn(): string {
    return this.arn(this.origination);
  }

  private arn(resource: string) {
    return Stack.of(this).formatArn({ service: 'sms-voice', resource });
  }
}
