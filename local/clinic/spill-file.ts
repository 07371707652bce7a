import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a text lies in the file, in bytes. */
export type Spilled = { readonly at: number; readonly bytes: number };

/** So much is gathered before it is written. */
const GATHERED = 1024 * 1024;
/** A character takes at most three bytes in UTF-8 for each of its units. */
const WIDEST = 3;

/** Opens a file that has no name any more, so that it is gone with the process. */
const openNameless = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'));
  const file = openSync(join(folder, 'rows'), 'w+');
  // Windows keeps the name of an open file; it then stays behind in the folder for temporary files.
  if (process.platform !== 'win32') rmSync(folder, { recursive: true });
  return file;
};

/** Texts that are put aside from memory, to be had again one by one; there is no file before there is much. */
export const spillFile = () => {
  let file: number | undefined;
  let written = 0;
  let gathered = Buffer.alloc(0);
  let used = 0;

  const flush = (room: number): void => {
    if (used > 0) {
      file ??= openNameless();
      writeSync(file, gathered, 0, used, written);
      written += used;
      used = 0;
    }
    if (gathered.length < room) gathered = Buffer.allocUnsafeSlow(Math.max(GATHERED, room));
  };

  return {
    add(text: string): Spilled {
      const room = text.length * WIDEST;
      if (gathered.length - used < room) flush(room);
      const bytes = gathered.write(text, used);
      const at = written + used;
      used += bytes;
      return { at, bytes };
    },
    read({ at, bytes }: Spilled): string {
      if (at >= written) return gathered.toString('utf8', at - written, at - written + bytes);
      const found = Buffer.allocUnsafe(bytes);
      if (file !== undefined) readSync(file, found, 0, bytes, at);
      return found.toString();
    },
  };
};
/** The file of one table. */
export type SpillFile = ReturnType<typeof spillFile>;
