import type { Journey } from '../../domain/journey/journey.ts';
import type { Message } from '../../domain/journey/message.ts';

/** Why a planned message was taken back to be planned anew: the patient's clock is another, the chaperone is, or the version of the program. */
export const ZONE_CHANGED = 'zone-changed';
export const CHAPERONE_CHANGED = 'chaperone-changed';
export const PROGRAM_CHANGED = 'program-changed';

/** All of these reasons. */
export const TAKEN_BACK: ReadonlySet<string> = new Set([ZONE_CHANGED, CHAPERONE_CHANGED, PROGRAM_CHANGED]);

/** Whether a message went to a chaperone who has been replaced since. */
export const wasForAnother = ({ chaperoneSince }: Journey, { to, sentAt }: Message): boolean =>
  to === 'chaperone' && chaperoneSince !== null && sentAt !== null && sentAt < chaperoneSince;
