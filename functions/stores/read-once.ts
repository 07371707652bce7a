/** Reads something when it is first asked for: most functions need little of what they carry, and start sooner so. */
export const readOnce = <T>(read: () => T): (() => T) => {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
};
