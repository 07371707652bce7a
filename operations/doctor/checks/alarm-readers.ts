import { type Check, unless } from '../finding.ts';

/** Somebody who was asked to hear of alarms. */
export type Subscription = { readonly to: string; readonly confirmed: boolean };

/** Whoever is to hear of alarms has said that they want to: AWS sends nothing before that. */
export const alarmReaders = (
  emails: readonly string[],
  { subscriptions }: { readonly subscriptions: () => Promise<readonly Subscription[]> },
): Check => ({
  name: 'alarm readers',
  look: async () => {
    const all = await subscriptions();
    const isConfirmed = (email: string) => all.some(({ to, confirmed }) => to === email && confirmed);
    const isAsked = (email: string) => all.some(({ to }) => to === email);
    return unless(
      [
        ...(emails.length === 0 ? ['nobody is told; enter settings.alarms.emails and deploy'] : []),
        ...emails
          .filter((email) => !isConfirmed(email))
          .map((email) =>
            isAsked(email)
              ? `${email} has not confirmed; open the mail of AWS Notifications and follow its link`
              : `${email} has not been asked; deploy again`,
          ),
      ],
      `${emails.join(', ')} confirmed`,
    );
  },
});
