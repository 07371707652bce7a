import type { Channel, MessageKind } from '../names.ts';
import { OCCASIONS } from './occasions.ts';

/** How a patient or chaperone can be reached, and what they allowed. */
export type Reachability = {
  readonly kind: MessageKind;
  readonly consents: { readonly sms?: boolean | undefined; readonly email?: boolean | undefined };
  readonly mobile: string | null | undefined;
  readonly email: string | null | undefined;
  /** They sent STOP to the clinic's number. */
  readonly optedOut: boolean;
  /** In this order rather than the kind's own, e.g. as the program says. */
  readonly channels?: readonly Channel[];
};

const has = (contact: string | null | undefined): boolean => Boolean(contact) && contact !== 'none';

/**
 * The channels on which a message may be tried, first to last. Without a mobile, without consent to texts or after STOP
 * it goes by e-mail; where nothing is left a person calls or it is skipped, as {@link mustReach} says.
 */
export const channelOrder = (person: Reachability): Channel[] => {
  const { kind, consents, mobile, email, optedOut } = person;
  // One text is allowed after STOP, the one that confirms it (reference 6.4).
  const texts = has(mobile) && consents.sms === true && (!optedOut || kind === 'stop-confirmation');
  const mails = has(email) && consents.email === true;
  return (person.channels ?? OCCASIONS[kind].channels).filter(
    (channel) => (channel === 'sms' && texts) || (channel === 'email' && mails),
  );
};
