import { Worker } from 'node:worker_threads';

/**
 * Copies what a clinic wrote from SQLite's log into its file, in a thread of its own: that waits for the disk, and whoever asks the
 * clinic need not. Told of a failure that no later try can mend.
 */
export const checkpointsOf = (path: string, onFailure: (failure: unknown) => void) => {
  const worker = new Worker(new URL('checkpoint-worker.ts', import.meta.url), { workerData: path });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', onFailure);
  return {
    async end(): Promise<void> {
      worker.postMessage('end');
      await ended;
    },
  };
};
