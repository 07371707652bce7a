/** One thing to run at one instant. */
export type Deadline = { readonly at: number; readonly order: number; readonly run: () => void | Promise<void> };

type Entry = { at: number; order: number; run: () => void | Promise<void>; cancelled: boolean };

const earlier = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Deadlines in order of instant, then of the order in which they were set. */
export const deadlineHeap = () => {
  let entries: Entry[] = [];
  let cancelled = 0;
  let order = 0;

  const rise = (from: number) => {
    const entry = entries[from];
    if (entry === undefined) return;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = entries[above];
      if (parent === undefined || !earlier(entry, parent)) break;
      entries[at] = parent;
      at = above;
    }
    entries[at] = entry;
  };

  const sink = (entry: Entry) => {
    let at = 0;
    for (;;) {
      const left = entries[2 * at + 1];
      if (left === undefined) break;
      const right = entries[2 * at + 2];
      const child = right !== undefined && earlier(right, left) ? right : left;
      if (!earlier(child, entry)) break;
      entries[at] = child;
      at = child === left ? 2 * at + 1 : 2 * at + 2;
    }
    entries[at] = entry;
  };

  const pop = () => {
    const first = entries[0];
    const last = entries.pop();
    if (last !== undefined && last !== first) sink(last);
    return first;
  };

  /** Cancelled deadlines are dropped once they are the greater part, so that a year's timeouts of finished work do not pile up. */
  const compact = () => {
    if (cancelled < 64 || cancelled * 2 < entries.length) return;
    entries = entries.filter((entry) => !entry.cancelled).sort((a, b) => (earlier(a, b) ? -1 : 1));
    cancelled = 0;
  };

  return {
    add(at: number, run: () => void | Promise<void>) {
      const entry: Entry = { at, order: order++, run, cancelled: false };
      entries.push(entry);
      rise(entries.length - 1);
      return () => {
        if (entry.cancelled) return;
        entry.cancelled = true;
        cancelled += 1;
        compact();
      };
    },
    peek(): Deadline | undefined {
      while (entries[0]?.cancelled === true) {
        pop();
        cancelled -= 1;
      }
      return entries[0];
    },
    pop(): Deadline | undefined {
      const first = pop();
      // Cancelling what has run must count for nothing.
      if (first !== undefined) first.cancelled = true;
      return first;
    },
    size: () => entries.length - cancelled,
  };
};
