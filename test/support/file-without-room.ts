import { DatabaseSync } from 'node:sqlite';

/** So many pages SQLite allows a file at most when nobody says otherwise. */
const ANY_SIZE = 0xfffffffe;

/**
 * Takes the room from one file as a full disk does, and gives it back: none of its connections may make it larger. To be asked before
 * anybody opens the file, so that it knows them all.
 */
export const fileWithoutRoom = (path: string) => {
  const connections = new Set<DatabaseSync>();
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    if (this.location() === path) connections.add(this);
    exec.call(this, sql);
  };
  const pagesAtMost = (pages: number): void => {
    for (const connection of connections)
      if (connection.isOpen) connection.prepare(`PRAGMA max_page_count = ${pages}`).get();
  };
  return {
    take(): void {
      // No less than the file has.
      pagesAtMost(1);
    },
    give: (): void => pagesAtMost(ANY_SIZE),
    forget: (): void => {
      DatabaseSync.prototype.exec = exec;
    },
  };
};
