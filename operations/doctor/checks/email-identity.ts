import { type Check, unless } from '../finding.ts';

/** What SES knows of the sender's domain or address; undefined where it knows none. */
export type EmailIdentity =
  | { readonly verified: boolean; readonly dkim: string | undefined; readonly mailFrom: string | undefined }
  | undefined;

/** The address in a sender such as `Cedar Clinic <care@cedar.example>`, and its domain. */
export const addressOf = (from: string): { address: string; domain: string } => {
  const address = /<([^<>]+)>/.exec(from)?.[1] ?? from;
  return { address, domain: address.slice(address.indexOf('@') + 1) };
};

/** The sender is verified, and its mails are signed, so that they are not taken for spam. */
export const emailIdentity = (
  from: string,
  { identity }: { readonly identity: (name: string) => Promise<EmailIdentity> },
): Check => ({
  name: 'e-mail sender',
  look: async () => {
    const { address, domain } = addressOf(from);
    const found = (await identity(domain)) ?? (await identity(address));
    if (found === undefined)
      return unless([`${domain} is not known to SES; deploy, then enter its records in DNS`], '');
    const { verified, dkim, mailFrom } = found;
    return unless(
      [
        ...(verified ? [] : [`${domain} is not verified; enter the records of the SES console in DNS`]),
        ...(dkim === 'SUCCESS' ? [] : [`DKIM of ${domain} is ${dkim ?? 'not set up'}; enter its three records in DNS`]),
        ...(mailFrom === undefined || mailFrom === 'SUCCESS'
          ? []
          : [`the MAIL FROM domain of ${domain} is ${mailFrom}; enter its MX and TXT records in DNS`]),
      ],
      `${domain} is verified and signs its mails`,
    );
  },
});
