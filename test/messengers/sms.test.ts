import {
  ConflictException,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  ServiceQuotaExceededException,
  ThrottlingException,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { MessageRefused, SendingThrottled, SendingUnknown } from '../../functions/messengers/errors.ts';
import { voiceSms } from '../../functions/messengers/sms.ts';

const voice = mockClient(PinpointSMSVoiceV2Client);
const options = { originationIdentity: 'pool-1', configurationSet: 'clinic' };
const sms = voiceSms(options);
const text = {
  to: '+12065550123',
  text: 'Cedar Clinic: your visit is Tue, Mar 3.',
  journeyId: 'j1',
  messageId: 'reminder-patient-2-1-1',
  now: '2026-03-02T22:00:00.000Z',
  usefulUntil: '2026-03-03T22:00:00.000Z',
};
const sent = () => voice.commandCalls(SendTextMessageCommand).map((call) => call.args[0].input);

beforeEach(() => {
  voice.reset();
  voice.on(SendTextMessageCommand).resolves({ MessageId: 'eum-1' });
});

describe('an SMS', () => {
  it('asks End User Messaging for exactly this', async () => {
    await expect(sms.send(text)).resolves.toEqual({ providerMessageId: 'eum-1' });
    expect(sent()).toEqual([
      {
        DestinationPhoneNumber: '+12065550123',
        OriginationIdentity: 'pool-1',
        MessageBody: 'Cedar Clinic: your visit is Tue, Mar 3.',
        MessageType: 'TRANSACTIONAL',
        ConfigurationSetName: 'clinic',
        TimeToLive: 86_400,
        Context: { journeyId: 'j1', messageId: 'reminder-patient-2-1-1' },
      },
    ]);
  });

  it('passes the protect configuration on where there is one', async () => {
    await voiceSms({ ...options, protectConfigurationId: 'protect-1' }).send(text);
    expect(sent()[0]).toMatchObject({ ProtectConfigurationId: 'protect-1' });
  });

  it('is tried once by the SDK, since there is no idempotency token', async () => {
    await sms.send(text);
    const client = voice.send.thisValues[0] as PinpointSMSVoiceV2Client;
    await expect(client.config.maxAttempts()).resolves.toBe(1);
  });

  it.each([
    ['2026-03-02T22:00:05.000Z', 5],
    ['2026-03-02T22:01:30.900Z', 90],
    ['2026-03-20T22:00:00.000Z', 259_200],
    [null, 259_200],
  ])('useful until %s lives %d seconds', async (usefulUntil, seconds) => {
    await sms.send({ ...text, usefulUntil });
    expect(sent()[0]?.TimeToLive).toBe(seconds);
  });

  it.each(['2026-03-02T22:00:04.999Z', '2026-03-02T21:00:00.000Z', 'tomorrow'])(
    'is not sent when it would come too late (%s)',
    async (usefulUntil) => {
      await expect(sms.send({ ...text, usefulUntil })).rejects.toMatchObject({
        name: 'MessageRefused',
        code: 'TooLate',
      });
      expect(sent()).toEqual([]);
    },
  );

  const $metadata = { requestId: 'request-1' };
  it.each([
    [new ThrottlingException({ message: '+12065550123', $metadata }), SendingThrottled],
    [new ConflictException({ message: '', Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT', $metadata }), MessageRefused],
    [
      new ServiceQuotaExceededException({ message: '', Reason: 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT', $metadata }),
      MessageRefused,
    ],
    [Object.assign(new Error('+12065550123'), { name: 'TimeoutError', $metadata }), SendingUnknown],
  ])('tells %s as it is, once, and without the number', async (error, kind) => {
    voice.on(SendTextMessageCommand).rejects(error);
    const failure = await sms.send(text).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ code: error.name, requestId: 'request-1' });
    expect(`${(failure as Error).stack}${JSON.stringify(failure)}`).not.toContain('5550123');
    expect(sent()).toHaveLength(1);
  });
});
