import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server in a process of its own, as somebody starts it. */
export type ServerProcess = {
  readonly url: string;
  /** From its start to the line that says where it is. */
  readonly readySeconds: number;
  /** The most memory that it has held so far, in MB; undefined where the system does not tell. */
  peakMegabytes(): number | undefined;
  /** Milliseconds of processor time so far; undefined where the system does not tell. */
  cpuMs(): number | undefined;
  stop(): Promise<void>;
};

/** A file of Linux about a process; nothing elsewhere. */
const told = (pid: number | undefined, name: string): string => {
  const path = `/proc/${pid}/${name}`;
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

const peakOf = (pid: number | undefined): number | undefined => {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(told(pid, 'status'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
};

/** Linux counts in hundredths of a second: of the program in the twelfth field after its name, of the system in the thirteenth. */
const cpuOf = (pid: number | undefined): number | undefined => {
  const fields = told(pid, 'stat').split(') ')[1]?.split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * 10;
};

/** The process ended before it said where it is. */
export class NotServed extends Error {
  override readonly name = 'NotServed';
}

/** Starts a program of Node that prints its address on 127.0.0.1. */
export const startServer = async (program: string, args: readonly string[]): Promise<ServerProcess> => {
  const began = performance.now();
  const child = spawn(process.execPath, ['--no-warnings', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new NotServed(program)));
  });
  return {
    url,
    readySeconds: (performance.now() - began) / 1_000,
    peakMegabytes: () => peakOf(child.pid),
    cpuMs: () => cpuOf(child.pid),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
