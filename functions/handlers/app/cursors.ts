import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { CursorRefused } from './errors.ts';

/** Where a list goes on: in which of its stretches, and after which row of it (from its start without one). */
export const Place = z.strictObject({ stretch: z.int().min(0), after: z.string().nullable() });
export type Place = z.infer<typeof Place>;

const NONCE = 12;
const TAG = 16;

/**
 * Cursors are sealed (AES-256-GCM): a row's place may say what a task is about, and one that was given for another list, other
 * filters or another person does not open.
 */
export const cursorsUnder = (key: Uint8Array) => {
  const secret = createSecretKey(key);
  return {
    seal(place: Place, list: string): string {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(list));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(place)), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    /** Throws CursorRefused for whatever was not sealed here for this list. */
    open(cursor: string, list: string): Place {
      const bytes = Buffer.from(cursor, 'base64url');
      try {
        const opener = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, NONCE), { authTagLength: TAG })
          .setAAD(Buffer.from(list))
          .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        const text = Buffer.concat([opener.update(bytes.subarray(NONCE + TAG)), opener.final()]).toString();
        return Place.parse(JSON.parse(text));
      } catch (error) {
        throw new CursorRefused('query.cursor: belongs to no such list; the "next" of a page of this very list', {
          cause: error,
        });
      }
    },
  };
};

export type Cursors = ReturnType<typeof cursorsUnder>;
