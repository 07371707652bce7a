/** Freezes a value and all that is in it, so that several readers may share it. What is frozen already was frozen so. */
export const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  // Primitives by far outnumber what is nested.
  for (const inner of Object.values(value)) if (typeof inner === 'object') frozen(inner);
  return Object.freeze(value);
};
