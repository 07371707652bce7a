import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../functions/contracts/domain-events.ts';
import { testDeployment } from './support/deployment.ts';
import { findingsOf } from './support/nag.ts';
import { permissionsIn } from './support/permissions.ts';
import { stackOf, theTemplate } from './support/stack.ts';

const told = () =>
  stackOf({
    settings: testDeployment({
      webhooks: [
        { id: 'ehr', url: 'https://ehr.example/events' },
        { id: 'crm', url: 'https://crm.example/events', events: ['outcome-completed'] },
      ],
    }),
  });
const template = Template.fromStack(told().stack);

describe('Other systems that are told', () => {
  it.each([
    ['ehr', [...EVENT_TYPES]],
    ['crm', ['outcome-completed']],
  ])('%s gets what it wants into the queue, by the ids of the event alone', (id, events) => {
    template.hasResourceProperties('AWS::Events::Rule', {
      Name: `test-webhook-${id}`,
      EventPattern: { source: ['throughline'], 'detail-type': events },
      Targets: [
        {
          Arn: { 'Fn::GetAtt': ['WebhookQueue', 'Arn'] },
          InputTransformer: {
            InputPathsMap: { 'detail-type': '$.detail-type', detail: '$.detail' },
            InputTemplate: `{"endpoint":"${id}","type":<detail-type>,"data":<detail>}`,
          },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['UndeliveredEvents', 'Arn'] } },
        },
      ],
    });
  });

  it('are tried nine times before a person hears of it', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'test-webhooks',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['UndeliveredWebhooks', 'Arn'] }, maxReceiveCount: 9 },
      VisibilityTimeout: 360,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'test-undelivered-webhooks' });
  });

  it('have a secret each, which stands in no environment and which only the sender may read', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'test/webhooks/ehr',
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    });
    expect(permissionsIn(template).SendWebhooksFunction).toContain(
      'secretsmanager:GetSecretValue on WebhookSecretEhr, WebhookSecretCrm',
    );
    const { Variables } = template.toJSON().Resources.SendWebhooksFunction.Properties.Environment;
    expect(JSON.stringify(Variables.WEBHOOKS)).toContain('{"Ref":"WebhookSecretEhr"}');
  });

  it('cost nothing while there are none: nobody looks into the queue', () => {
    theTemplate().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: 'SendWebhooksFunction' },
      Enabled: false,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: 'SendWebhooksFunction' },
      Enabled: true,
      EventSourceArn: Match.anyValue(),
    });
  });

  it('leave cdk-nag nothing to find', () => {
    expect(findingsOf(told())).toEqual([]);
  });
});
