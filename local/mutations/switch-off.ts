import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputRefused } from '../../functions/domain/problems.ts';
import type { Guard } from './guard.ts';

/** How often each piece of a guard stands in the sources below a folder, where that is not once; one line each. */
export const misplaced = async (root: string, { id, pieces }: Guard): Promise<string[]> => {
  const lines: string[] = [];
  for (const { file, source } of pieces) {
    const found = (await readFile(join(root, file), 'utf8')).split(source).length - 1;
    if (found !== 1)
      lines.push(`${id}: ${file}: found ${found} times; allowed: once; the piece is ${JSON.stringify(source)}`);
  }
  return lines;
};

/** Switches a guard off in the sources below a folder; throws InputRefused where a piece is not there exactly once. */
export const switchOff = async (root: string, guard: Guard): Promise<void> => {
  const problems = await misplaced(root, guard);
  if (problems.length > 0) throw new InputRefused(problems);
  for (const { file, source, off } of guard.pieces) {
    const path = join(root, file);
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace(source, () => off),
    );
  }
};
