import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnConfigurationSet, CfnOptOutList, CfnPool } from 'aws-cdk-lib/aws-smsvoice';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Deployment } from '../settings/read-settings.ts';
import { fixed } from './fixed.ts';
import type { HouseFunction } from './house-function.ts';

/** SMS through AWS End User Messaging, with delivery reports on one topic and what people text to us on another. */
export class SmsChannel extends Construct {
  readonly configurationSet: string;
  private readonly pool: CfnPool;
  private readonly texts: Topic;
  private readonly reports: Topic;

  constructor(scope: Construct, names: Names, deployment: Deployment, masterKey: Key) {
    super(scope, 'Sms');
    this.texts = new Topic(this, 'Texts', { topicName: names.smsTexts, masterKey, enforceSSL: true });
    fixed(this.texts, 'SmsTexts');
    this.pool = this.poolOf(names, deployment);
    this.configurationSet = names.smsConfigurationSet;
    // A topic, not EventBridge: those events are best effort, and a safety message must not be lost from sight.
    this.reports = new Topic(this, 'Reports', { topicName: names.smsEvents, masterKey, enforceSSL: true });
    fixed(this.reports, 'SmsEvents');
    this.letServicePublish(this.reports, { ArnEquals: { 'aws:SourceArn': this.configurationSetArn } });
    this.letServicePublish(this.texts, {});
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

  /** The clinic's numbers with one list of those who said STOP; AWS answers STOP and HELP at once, and sends to nobody on the list. */
  private poolOf(names: Names, { sms, sender }: Deployment): CfnPool {
    const optOuts = new CfnOptOutList(this, 'OptOuts', { optOutListName: names.smsOptOuts });
    fixed(optOuts, 'SmsOptOuts');
    const pool = new CfnPool(this, 'Pool', {
      originationIdentities: sms.phoneNumbers.map((id) => this.arn(`phone-number/${id}`)),
      optOutListName: optOuts.ref,
      deletionProtectionEnabled: true,
      twoWay: { enabled: true, channelArn: this.texts.topicArn },
      mandatoryKeywords: {
        help: { message: `${sender.name}: call ${sender.phone}. Reply STOP to opt out.` },
        stop: { message: `${sender.name}: you get no more texts from us. Reply START to get them again.` },
      },
    });
    fixed(pool, 'SmsPool');
    return pool;
  }

  private letServicePublish(topic: Topic, conditions: Record<string, Record<string, string>>) {
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account }, ...conditions },
      }),
    );
  }

  /** Hands every report, and every text that somebody sends us, to one function. */
  reportTo({ lambda }: HouseFunction, deadLetterQueue: Queue) {
    for (const topic of [this.reports, this.texts])
      topic.addSubscription(new LambdaSubscription(lambda, { deadLetterQueue }));
  }

  get configurationSetArn(): string {
    return this.arn(`configuration-set/${this.configurationSet}`);
  }

  get originationArn(): string {
    return this.pool.attrArn;
  }

  private arn(resource: string) {
    return Stack.of(this).formatArn({ service: 'sms-voice', resource });
  }
}
