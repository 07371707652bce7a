import { MessageRejected, SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sesEmail } from '../../functions/messengers/email.ts';
import { MessageRefused, SendingThrottled, SendingUnknown } from '../../functions/messengers/errors.ts';

const ses = mockClient(SESClient);
const email = sesEmail({ from: 'Cedar Clinic <care@cedar.example>', configurationSet: 'clinic' });
const mail = {
  to: 'ana@example.org',
  subject: 'Your visit',
  text: 'Tue, Mar 3',
  journeyId: 'j1',
  messageId: 'reminder-patient-2-1-1',
};

beforeEach(() => ses.reset());

const failing = (name: string, more: object = {}) => Object.assign(new Error('ana@example.org'), { name, ...more });

describe('an e-mail', () => {
  it('asks SES for exactly this', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
    await expect(email.send(mail)).resolves.toEqual({ providerMessageId: 'ses-1' });
    expect(ses.commandCalls(SendEmailCommand).map((call) => call.args[0].input)).toEqual([
      {
        Source: 'Cedar Clinic <care@cedar.example>',
        Destination: { ToAddresses: ['ana@example.org'] },
        Message: {
          Subject: { Data: 'Your visit', Charset: 'UTF-8' },
          Body: { Text: { Data: 'Tue, Mar 3', Charset: 'UTF-8' } },
        },
        ConfigurationSetName: 'clinic',
        Tags: [
          { Name: 'journeyId', Value: 'j1' },
          { Name: 'messageId', Value: 'reminder-patient-2-1-1' },
        ],
      },
    ]);
  });

  it('is tried once by the SDK, since SES has no idempotency token', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
    await email.send(mail);
    const client = ses.send.thisValues[0] as SESClient;
    await expect(client.config.maxAttempts()).resolves.toBe(1);
  });

  const server = { $fault: 'server', $metadata: { httpStatusCode: 500 } };
  it.each([
    [failing('Throttling', { $fault: 'client', $metadata: { httpStatusCode: 400 } }), SendingThrottled],
    [failing('TooManyRequests', { $fault: 'client', $metadata: { httpStatusCode: 429 } }), SendingThrottled],
    [new MessageRejected({ message: 'Email address is not verified: ana@example.org', $metadata: {} }), MessageRefused],
    [failing('MailFromDomainNotVerifiedException', { $fault: 'client' }), MessageRefused],
    [failing('InternalFailure', server), SendingUnknown],
    [failing('ServiceUnavailable', { $fault: 'client', $metadata: { httpStatusCode: 503 } }), SendingUnknown],
    [failing('TimeoutError'), SendingUnknown],
    [failing('ECONNRESET'), SendingUnknown],
  ])('tells %s as it is, once, and without the address', async (error, kind) => {
    ses.on(SendEmailCommand).rejects(error);
    const failure = await email.send(mail).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ messageId: mail.messageId, code: error.name });
    expect(`${(failure as Error).stack}${JSON.stringify(failure)}${(failure as Error).cause}`).not.toContain('ana@');
    expect(ses.calls()).toHaveLength(1);
  });

  it('may be sent again after a throttle', async () => {
    ses
      .on(SendEmailCommand)
      .rejectsOnce(failing('Throttling', { $fault: 'client' }))
      .resolves({ MessageId: 'ses-2' });
    await expect(email.send(mail)).rejects.toThrow(SendingThrottled);
    await expect(email.send(mail)).resolves.toEqual({ providerMessageId: 'ses-2' });
  });

  it('counts as unknown when the answer names no message', async () => {
    ses.on(SendEmailCommand).resolves({});
    await expect(email.send(mail)).rejects.toThrow(SendingUnknown);
  });

  it.each([{ messageId: 'j1#2' }, { journeyId: 'j.1' }])('needs ids that a tag can hold, not %j', async (wrong) => {
    await expect(email.send({ ...mail, ...wrong })).rejects.toThrow(MessageRefused);
    expect(ses.calls()).toHaveLength(0);
  });
});
