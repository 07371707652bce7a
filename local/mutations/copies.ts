import { rmSync } from 'node:fs';
import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** All that chaos and the suites read. */
const COPIED = [
  'functions',
  'local',
  'programs',
  'test',
  'workflows',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** A temporary folder for copies of the project; `remove` may be called at any time, also twice. */
export const copiesOf = async (project: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-mutations-'));
  return {
    /** Copies the sources under a name; what is installed is linked. */
    make: async (name: string): Promise<string> => {
      const copy = join(folder, name);
      for (const part of COPIED) await cp(join(project, part), join(copy, part), { recursive: true });
      await symlink(join(project, 'node_modules'), join(copy, 'node_modules'), 'dir');
      return copy;
    },
    remove: (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
};
