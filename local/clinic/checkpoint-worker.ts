import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { storageTrouble } from '../../functions/stores/storage-trouble.ts';

/** Between two looks at the log: a page that was written more than once meanwhile is copied once. */
const EVERY_MS = 500;

// The thread of checkpoints.ts: `workerData` is the file, and any message ends it.
const database = new DatabaseSync(workerData);
let isOver = false;
parentPort?.once('message', () => {
  isOver = true;
});
while (!isOver) {
  try {
    // As much as goes without anybody who reads or writes having to wait.
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch (error) {
    const trouble = storageTrouble(error);
    // The log keeps everything: somebody puts this right, and whoever writes says so meanwhile.
    if (trouble !== 'locked' && trouble !== 'full') throw error;
  }
  await setTimeout(EVERY_MS);
}
database.close();
