/** What a practice is asked: to take a patient, once more in another's place, or to go on after the series. */
export type Offer = { readonly partner: string; readonly isContinuation: boolean };

const CONTINUATION = 'continuation';

/** The practice that a `partner-offer` is about, and whether it is about going on. */
export const offerOf = (about: string | undefined): Offer => {
  const [partner = '', what] = (about ?? '').split('.');
  return { partner, isContinuation: what === CONTINUATION };
};

/** What an ask is about (part of an execution's name, so no colon) that comes after the first handoff; each is a question of its own. */
export const continuationWith = (partner: string): string => `${partner}.${CONTINUATION}`;
export const againWith = (partner: string, time: number): string => `${partner}.${time}`;
