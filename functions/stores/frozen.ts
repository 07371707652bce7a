/** Freezes a value and all that is in it, so that several readers may share it. What is frozen already was frozen so. */
export const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) value.forEach(frozen);
  else for (const name in value) if (typeof value[name] === 'object') frozen(value[name]);
  return Object.freeze(value);
};
