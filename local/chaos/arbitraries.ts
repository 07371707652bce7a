import fc from 'fast-check';

/** A part of a scenario as its file has it. */
export type Json = Record<string, unknown>;

/** A key that is left out so many times for each time that it is there; shrinking leaves it out. */
export const seldom = <T>(value: fc.Arbitrary<T>, absent = 3): fc.Arbitrary<T | undefined> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: absent, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );

/** One of several, each as often as its weight says. */
export const weighted = <T>(...choices: readonly (readonly [number, T])[]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** Without the keys that were left out. */
export const compact = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));

/** An object of which some keys may be left out. */
export const record = (model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Json> =>
  fc.record(model).map(compact);

/** A number of minutes, from none on. */
export const minutes = (most: number) => fc.integer({ min: 0, max: most }).map((n) => `PT${n}M`);

/** A number of days, from one on. */
export const days = (most: number) => fc.integer({ min: 1, max: most }).map((n) => `P${n}D`);

/** How long somebody takes: mostly hours, sometimes days, now and then weeks. */
export const waits = fc.oneof(
  { weight: 4, arbitrary: minutes(600) },
  { weight: 2, arbitrary: minutes(6000) },
  { weight: 1, arbitrary: days(40) },
);
