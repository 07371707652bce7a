/** Which rows an index shows under a partition, in no order; most partitions show a single one. */
export const memoryIndex = <T extends object>() => {
  const shown = new Map<string, T | Set<T>>();
  return {
    add(pk: string, row: T): void {
      const before = shown.get(pk);
      if (before === undefined) shown.set(pk, row);
      else if (before instanceof Set) before.add(row);
      else shown.set(pk, new Set([before, row]));
    },
    remove(pk: string, row: T): void {
      const before = shown.get(pk);
      if (before instanceof Set) before.delete(row);
      if (before === row || (before instanceof Set && before.size === 0)) shown.delete(pk);
    },
    all(pk: string): readonly T[] {
      const found = shown.get(pk);
      if (found === undefined) return [];
      return found instanceof Set ? [...found] : [found];
    },
  };
};
