import { type ChildProcess, spawn } from 'node:child_process';

/** What a program that has ended said; `status` is null where it was stopped. */
export type Ended = { readonly status: number | null; readonly out: string; readonly err: string };

/** Runs Node programs, each for at most so many milliseconds; `stop` ends those that still run. */
export const children = (longest: number) => {
  const running = new Set<ChildProcess>();
  return {
    run: (cwd: string, args: readonly string[]): Promise<Ended> =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, args, { cwd, timeout: longest, stdio: ['ignore', 'pipe', 'pipe'] });
        const said = { out: '', err: '' };
        running.add(child);
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          said.out += text;
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          said.err += text;
        });
        child.on('error', reject);
        child.on('close', (status) => {
          running.delete(child);
          resolve({ status, ...said });
        });
      }),
    stop: (): void => {
      for (const child of running) child.kill();
    },
  };
};
