type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Named = Json & { id: string };
const isNamed = (value: unknown): value is Named => isObject(value) && typeof value.id === 'string';
const areNamed = (value: unknown): value is Named[] => Array.isArray(value) && value.every(isNamed);

/** Own property even for a key such as __proto__, which plain assignment would take for something else. */
const put = (target: Json, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
};

/** Settings with an override over them: objects merge deeply, lists of objects with `id` by id, all else is replaced. */
export const override = (base: unknown, over: unknown): unknown => {
  if (isObject(base) && isObject(over)) {
    const merged: Json = { ...base };
    for (const key of Object.keys(over))
      put(merged, key, Object.hasOwn(base, key) ? override(base[key], over[key]) : over[key]);
    return merged;
  }
  if (areNamed(base) && areNamed(over) && over.length > 0) {
    const known = base.map((entry) => over.filter(({ id }) => id === entry.id).reduce<unknown>(override, entry));
    return [...known, ...over.filter(({ id }) => !base.some((entry) => entry.id === id))];
  }
  return over;
};
