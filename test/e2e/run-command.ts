import { spawn } from 'node:child_process';

type Options = { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv };

/** Runs a program to its end; rejects with all that it said where it fails. */
export const run = (program: string, options: readonly string[], { cwd, env }: Options = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, options, { cwd, env: env ?? process.env });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(said);
      else reject(new Error(`${program} ${options.join(' ')} ended with ${status}:\n${said.slice(-6000)}`));
    });
  });
