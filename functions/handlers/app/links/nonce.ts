import { createHmac, timingSafeEqual } from 'node:crypto';

const seal = (linkId: string, value: string): string =>
  createHmac('sha256', linkId).update(value).digest('base64url').slice(0, 22);

/** A value for one form of one link: nobody can make one who has not the link, and showing it writes nothing. */
export const issueNonce = (linkId: string, value: string): string => `${value}${seal(linkId, value)}`;

/** Whether a nonce was given out with a form of this link. */
export const isNonceOf = (linkId: string, nonce: string): boolean => {
  if (!/^[A-Za-z0-9_-]{44}$/.test(nonce)) return false;
  const made = Buffer.from(issueNonce(linkId, nonce.slice(0, 22)));
  return timingSafeEqual(made, Buffer.from(nonce));
};
