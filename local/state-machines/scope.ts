/** Variables of one scope; an inner scope reads the outer ones. */
export type Variables = { readonly own: ReadonlyMap<string, unknown>; readonly outer: Variables | undefined };

/** What an expression may read. */
export type Scope = {
  readonly input: unknown;
  readonly variables: Variables;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  /** `$states.context`, made only for the expressions that read it. */
  readonly context: () => Record<string, unknown>;
  readonly millis: () => number;
  readonly random: () => number;
};

/** The value of a variable, also of an outer scope; undefined if none was assigned. */
export const variableOf = (variables: Variables, name: string): unknown => {
  for (let scope: Variables | undefined = variables; scope !== undefined; scope = scope.outer) {
    const value = scope.own.get(name);
    if (value !== undefined || scope.own.has(name)) return value;
  }
  return undefined;
};
