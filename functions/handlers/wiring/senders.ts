import { type EmailSender, sesEmail } from '../../messengers/email.ts';
import { type SmsSender, voiceSms } from '../../messengers/sms.ts';
import { env } from '../../runtime/env.ts';
import { measure } from '../../runtime/measure.ts';

/** Counts what a carrier did not take, whatever becomes of the message. */
export const counted = <M, A>(send: (message: M) => Promise<A>, count: typeof measure = measure) => ({
  send: async (message: M): Promise<A> => {
    try {
      return await send(message);
    } catch (error) {
      count({ FailedSends: 1 });
      throw error;
    }
  },
});

/** E-mail and SMS on AWS. */
export const wireSenders = (): { email: EmailSender; sms: SmsSender } => ({
  email: counted(sesEmail({ from: env('EMAIL_FROM'), configurationSet: env('SES_CONFIGURATION_SET') }).send),
  sms: counted(
    voiceSms({ originationIdentity: env('SMS_ORIGINATION'), configurationSet: env('SMS_CONFIGURATION_SET') }).send,
  ),
});
