/** What a clinic's public address may be long, so that a text with a link stays one SMS. */
export const LONGEST_ADDRESS = 32;

/** The place of a link below the address; in a path it is short, and nothing before the person is in it. */
const PLACE = '/l/';

/** A link's id: 128 bits in the characters of base64url, the last of which is always a letter, so that no reader cuts it off. */
export const LINK_ID = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** The address under which somebody opens a link. */
export const linkAddress = (address: string, id: string): string => `${address}${PLACE}${id}`;

/** What stands for a link where its id may not stand. */
export const hiddenLink = (address: string): string => linkAddress(address, '...');
