const SURROGATES = 0xd800;
const AFTER_SURROGATES = 0xe000;

/** UTF-16 units in the order of the code points that they stand for: surrogates, which stand for the highest, come last. */
const rank = (unit: number): number => {
  if (unit < SURROGATES) return unit;
  return unit < AFTER_SURROGATES ? unit + 0x2000 : unit - 0x800;
};

/** Compares by UTF-8 bytes, which is by code points. */
export const compareNames = (left: string, right: string): number => {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
};

/** Where a name stands in a sorted list, or would. */
export const placeOf = (names: readonly string[], name: string): number => {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNames(names[middle] ?? '', name) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};
