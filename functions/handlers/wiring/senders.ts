import { type EmailSender, sesEmail } from '../../messengers/email.ts';
import { type SmsSender, voiceSms } from '../../messengers/sms.ts';
import { env } from '../../runtime/env.ts';

/** E-mail and SMS on AWS. */
export const wireSenders = (): { email: EmailSender; sms: SmsSender } => ({
  email: sesEmail({ from: env('EMAIL_FROM'), configurationSet: env('SES_CONFIGURATION_SET') }),
  sms: voiceSms({ originationIdentity: env('SMS_ORIGINATION'), configurationSet: env('SMS_CONFIGURATION_SET') }),
});
