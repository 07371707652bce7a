import { open } from 'node:fs/promises';
import { InputRefused } from '../../functions/domain/problems.ts';

/** Far more than any program or scenario needs; what is larger is some other file. */
const MOST_BYTES = 2_000_000;

/** What a file may be: its size in bytes, and in words what it holds. */
export type Allowed = { readonly mostBytes: number; readonly holds: string };
const ONE_OBJECT: Allowed = { mostBytes: MOST_BYTES, holds: 'one JSON object' };

const tooLong = (root: string, bytes: string, { mostBytes }: Allowed) =>
  new InputRefused([`${root}: found ${bytes} bytes; allowed: at most ${mostBytes}`]);

const said = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 160);

/** Reads JSON text, or throws InputRefused with one line. */
export const parseJson = (text: string, root: string, allowed = ONE_OBJECT): unknown => {
  if (text.length > allowed.mostBytes) throw tooLong(root, `more than ${allowed.mostBytes}`, allowed);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InputRefused([`${root}: found text that is not JSON (${said(error)}); allowed: ${allowed.holds}`], {
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
export const readJsonFile = async (path: string, root: string, allowed = ONE_OBJECT): Promise<unknown> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw cannotRead(root, path, error);
  });
  try {
    const stat = await file.stat();
    if (stat.size > allowed.mostBytes) throw tooLong(`${root}: ${JSON.stringify(path)}`, String(stat.size), allowed);
    const text = await file.readFile('utf8').catch((error: unknown) => {
      throw cannotRead(root, path, error);
    });
    return parseJson(text, root, allowed);
  } finally {
    await file.close();
  }
};

/** Reads all text of a stream such as standard input, up to a sensible size. */
export const readText = async (
  stream: AsyncIterable<Buffer | string>,
  root: string,
  allowed = ONE_OBJECT,
): Promise<string> => {
  // A letter of several bytes may be cut in two between chunks.
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > allowed.mostBytes) throw tooLong(root, `more than ${allowed.mostBytes}`, allowed);
  }
  return text + decoder.decode();
};
