import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

export type ChoiceRule = { readonly Next: string; readonly Condition?: unknown; readonly Comment?: string | undefined };
export type Catcher = { readonly ErrorEquals: readonly string[]; readonly Next: string };

/** One state as Amazon States Language writes it; fields that are not named here are kept as they are. */
export type State = {
  readonly Type: string;
  readonly Comment?: string | undefined;
  readonly Next?: string | undefined;
  readonly End?: boolean | undefined;
  readonly Default?: string | undefined;
  readonly Resource?: string | undefined;
  readonly Catch?: readonly Catcher[] | undefined;
  readonly Choices?: readonly ChoiceRule[] | undefined;
  readonly Branches?: readonly Scope[] | undefined;
  readonly ItemProcessor?: Scope | undefined;
  readonly [field: string]: unknown;
};

/** States that reach only each other: a whole machine, a branch of a Parallel, or what a Map does with each item. */
export type Scope = { readonly StartAt: string; readonly States: Readonly<Record<string, State>> };

/** A state machine as its file has it. */
export type Definition = Scope & { readonly Comment?: string | undefined; readonly [field: string]: unknown };

const Scope: z.ZodType<Scope> = z.looseObject({
  StartAt: z.string(),
  States: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Comment: z.string().optional(),
      Next: z.string().optional(),
      End: z.boolean().optional(),
      Default: z.string().optional(),
      Resource: z.string().optional(),
      Catch: z.array(z.looseObject({ ErrorEquals: z.array(z.string()), Next: z.string() })).optional(),
      Choices: z.array(z.looseObject({ Next: z.string(), Comment: z.string().optional() })).optional(),
      Branches: z.array(z.lazy(() => Scope)).optional(),
      ItemProcessor: z.lazy(() => Scope).optional(),
    }),
  ),
});
const Definition: z.ZodType<Definition> = Scope.and(z.looseObject({ Comment: z.string().optional() }));

/** A definition's text is not JSON, or not a state machine; one line per problem. */
export class NotADefinition extends Error {
  override readonly name = 'NotADefinition';
}

// The parsed copy would put known fields first; the file's own order matters to readers and to the lint.
const isDefinition = (value: unknown): value is Definition => Definition.safeParse(value).success;

/** Reads a definition's text, every field in the order of the file; throws NotADefinition. */
export const parseDefinition = (text: string): Definition => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new NotADefinition(`is not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  if (isDefinition(value)) return value;
  const issues = Definition.safeParse(value).error?.issues ?? [];
  throw new NotADefinition(issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
};

export type WorkflowFile = { readonly machine: string; readonly file: string; readonly text: string };

const SUFFIX = '.asl.json';

/** Every workflows/<machine>.asl.json, in the order of its name. */
export const workflowFiles = (folder = join(import.meta.dirname, '../../workflows')): readonly WorkflowFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .map((name) => ({
      machine: name.slice(0, -SUFFIX.length),
      file: `workflows/${name}`,
      text: readFileSync(join(folder, name), 'utf8'),
    }));

/** A state with its name, and every Parallel or Map around it, the nearest last. */
export type NamedState = { readonly name: string; readonly state: State; readonly around: readonly State[] };

/** The scopes that a state opens: branches, or the item processor of a Map. */
export const innerScopes = (state: State): readonly Scope[] => [
  ...(state.Branches ?? []),
  ...(state.ItemProcessor === undefined ? [] : [state.ItemProcessor]),
];

/** Every scope of a machine, the outermost first. */
export const scopesOf = (scope: Scope): readonly Scope[] => [
  scope,
  ...Object.values(scope.States).flatMap(innerScopes).flatMap(scopesOf),
];

/** Every state of a machine in the order of the file, inner ones after the state that holds them. */
export const statesOf = (scope: Scope, around: readonly State[] = []): readonly NamedState[] =>
  Object.entries(scope.States).flatMap(([name, state]) => [
    { name, state, around },
    ...innerScopes(state).flatMap((inner) => statesOf(inner, [...around, state])),
  ]);

/** Where a state may go next within its scope, in the order of the file. */
export const nextOf = (state: State): readonly string[] => [
  ...(state.Choices ?? []).map(({ Next }) => Next),
  ...[state.Default, state.Next].filter((name) => name !== undefined),
  ...(state.Catch ?? []).map(({ Next }) => Next),
];
