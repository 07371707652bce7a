import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { MessageRefused, SendingUnknown, sendingFailure } from './errors.ts';

/** One text message; instants are ISO-8601, `to` is E.164, `journeyId` and `messageId` come back with every delivery event. */
export type Sms = {
  readonly to: string;
  readonly text: string;
  readonly journeyId: string;
  readonly messageId: string;
  /** After this instant the carrier must no longer deliver it; null where it is never too late. */
  readonly usefulUntil: string | null;
  readonly now: string;
};

/** Sends one SMS once; rejects with MessageRefused, SendingThrottled or SendingUnknown. */
export type SmsSender = { send(sms: Sms): Promise<{ readonly providerMessageId: string }> };

export type VoiceSmsOptions = {
  readonly client?: PinpointSMSVoiceV2Client;
  /** A pool, phone number or sender id of AWS End User Messaging, as an id or ARN. */
  readonly originationIdentity: string;
  readonly configurationSet: string;
  readonly protectConfigurationId?: string;
};

/** Seconds that End User Messaging takes as TimeToLive; without one it tries for 72 hours (SendTextMessage API Reference). */
const TIME_TO_LIVE = { least: 5, most: 259_200 };

/** Sends through AWS End User Messaging, which has no idempotency token: one attempt, a lost answer is reported as unknown. */
export const voiceSms = (options: VoiceSmsOptions): SmsSender => {
  const { originationIdentity, configurationSet, protectConfigurationId } = options;
  let voice = options.client;
  return {
    async send({ to, text, journeyId, messageId, usefulUntil, now }) {
      const left =
        usefulUntil === null ? TIME_TO_LIVE.most : Math.floor((Date.parse(usefulUntil) - Date.parse(now)) / 1000);
      // A reminder that outlives its appointment misleads; `!(>=)` also refuses an unreadable instant.
      if (!(left >= TIME_TO_LIVE.least)) throw new MessageRefused(messageId, { code: 'TooLate' });
      voice ??= new PinpointSMSVoiceV2Client({
        maxAttempts: 1,
        requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000 },
      });
      const command = new SendTextMessageCommand({
        DestinationPhoneNumber: to,
        OriginationIdentity: originationIdentity,
        MessageBody: text,
        MessageType: 'TRANSACTIONAL',
        ConfigurationSetName: configurationSet,
        TimeToLive: Math.min(left, TIME_TO_LIVE.most),
        Context: { journeyId, messageId },
        ...(protectConfigurationId === undefined ? {} : { ProtectConfigurationId: protectConfigurationId }),
      });
      const answer = await voice.send(command).catch((error: unknown) => {
        throw sendingFailure(messageId, error);
      });
      if (answer.MessageId === undefined) throw new SendingUnknown(messageId, { code: 'NoMessageId' });
      return { providerMessageId: answer.MessageId };
    },
  };
};
