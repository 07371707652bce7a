import { randomBytes } from 'node:crypto';

/** The time of the machine that runs this, as an instant with milliseconds. */
export const systemClock = (): string => new Date().toISOString();

const process = randomBytes(4).toString('hex');
let count = 0;

/** Orders what one process writes at one instant; across processes the instants do. */
export const systemOrdinal = (): string => {
  count += 1;
  return `${String(count).padStart(8, '0')}-${process}`;
};

/** A write's or a request's id that never repeats. */
export const newId = (): string => randomBytes(12).toString('base64url');

/** 128 random bits in base64url: the id of a link, which nobody can guess. */
export const newLinkId = (): string => randomBytes(16).toString('base64url');
