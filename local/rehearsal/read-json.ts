import { open } from 'node:fs/promises';
import { InputRefused } from '../../functions/domain/problems.ts';

/** Far more than any program or scenario needs; what is larger is some other file. */
const MOST_BYTES = 2_000_000;

const tooLong = (root: string, bytes: string) =>
  new InputRefused([`${root}: found ${bytes} bytes; allowed: at most ${MOST_BYTES}`]);

const said = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 160);

/** Reads JSON text, or throws InputRefused with one line. */
export const parseJson = (text: string, root: string): unknown => {
  if (text.length > MOST_BYTES) throw tooLong(root, `more than ${MOST_BYTES}`);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InputRefused([`${root}: found text that is not JSON (${said(error)}); allowed: one JSON object`], {
      cause: error,
    });
  }
};

const REASONS: Record<string, string> = {
  ENOENT: 'no such file',
  EISDIR: 'a folder',
  EACCES: 'a file that may not be read',
  ENOTDIR: 'no such file',
};

const cannotRead = (root: string, path: string, error: unknown) => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const shown = JSON.stringify(path).slice(0, 200);
  return new InputRefused([`${root}: found ${REASONS[code] ?? said(error)} at ${shown}; allowed: a JSON file`], {
    cause: error,
  });
};

/** Reads a JSON file of sensible size, or throws InputRefused with one line. */
export const readJsonFile = async (path: string, root: string): Promise<unknown> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw cannotRead(root, path, error);
  });
  try {
    const stat = await file.stat();
    if (stat.size > MOST_BYTES) throw tooLong(`${root}: ${JSON.stringify(path)}`, String(stat.size));
    const text = await file.readFile('utf8').catch((error: unknown) => {
      throw cannotRead(root, path, error);
    });
    return parseJson(text, root);
  } finally {
    await file.close();
  }
};

/** Reads all text of a stream such as standard input, up to a sensible size. */
export const readText = async (stream: AsyncIterable<Buffer | string>, root: string): Promise<string> => {
  let text = '';
  for await (const chunk of stream) {
    text += chunk.toString();
    if (text.length > MOST_BYTES) throw tooLong(root, `more than ${MOST_BYTES}`);
  }
  return text;
};
