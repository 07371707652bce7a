import { innerScopes, type Scope, type State } from './definition.ts';
import { expressionsOf } from './expressions.ts';
import type { Finding } from './finding.ts';
import { readExpression } from './jsonata-reading.ts';

/** Names, and whether each is there on every way or only on some. */
type Known = { readonly always: ReadonlySet<string>; readonly sometimes: ReadonlySet<string> };

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,79}$/;

const assigned = (holder: object): readonly string[] => {
  const assign: unknown = Reflect.get(holder, 'Assign');
  return typeof assign === 'object' && assign !== null ? Object.keys(assign) : [];
};

/** Each way out of a state with what it assigns: a rule's or a Catcher's own Assign replaces the state's. */
const waysOut = (state: State): readonly { readonly to: string; readonly assigns: readonly string[] }[] => [
  ...(state.Choices ?? []).map((rule) => ({ to: rule.Next, assigns: assigned(rule) })),
  ...[state.Default, state.Next].filter((to) => to !== undefined).map((to) => ({ to, assigns: assigned(state) })),
  ...(state.Catch ?? []).map((catcher) => ({ to: catcher.Next, assigns: assigned(catcher) })),
];

const plus = ({ always, sometimes }: Known, names: readonly string[]): Known => ({
  always: new Set([...always, ...names]),
  sometimes: new Set([...sometimes, ...names]),
});

const meet = (one: Known | undefined, other: Known): Known =>
  one === undefined
    ? other
    : {
        always: new Set([...one.always].filter((name) => other.always.has(name))),
        sometimes: new Set([...one.sometimes, ...other.sometimes]),
      };

const same = (one: Known | undefined, other: Known) =>
  one !== undefined && one.always.size === other.always.size && one.sometimes.size === other.sometimes.size;

/** What each reachable state of a scope may read on entry, by walking every way until nothing changes. */
const knownOnEntry = ({ StartAt, States }: Scope, outside: Known): ReadonlyMap<string, Known> => {
  const known = new Map<string, Known>([[StartAt, outside]]);
  const queue = [StartAt];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const state = States[name];
    const here = known.get(name);
    if (state === undefined || here === undefined) continue;
    for (const { to, assigns } of waysOut(state)) {
      const next = meet(known.get(to), plus(here, assigns));
      if (same(known.get(to), next)) continue;
      known.set(to, next);
      queue.push(to);
    }
  }
  return known;
};

const everAssigned = (scope: Scope): readonly string[] =>
  Object.values(scope.States).flatMap((state) => [
    ...assigned(state),
    ...[...(state.Choices ?? []), ...(state.Catch ?? [])].flatMap(assigned),
  ]);

const readProblems = (state: State, { always, sometimes }: Known): readonly string[] =>
  expressionsOf(state).flatMap(({ field, source }) => {
    const { variables, guarded } = readExpression(source);
    return variables.flatMap((name) => {
      if (!sometimes.has(name)) return [`${field} reads $${name}, which nothing on the way here assigns`];
      if (!always.has(name) && !guarded.includes(name))
        return [
          `${field} reads $${name}, which is missing on one way here; assign it earlier or test $exists($${name})`,
        ];
      return [];
    });
  });

/** Variables that are read before they are assigned, have names that AWS refuses, or are assigned from an inner scope. */
export const variableFindings = (
  scope: Scope,
  outside: Known = { always: new Set(), sometimes: new Set() },
  outerNames: readonly string[] = [],
): readonly Finding[] => {
  const known = knownOnEntry(scope, outside);
  const names = [...outerNames, ...everAssigned(scope)];
  return Object.entries(scope.States).flatMap(([name, state]): readonly Finding[] => {
    const here = known.get(name);
    if (here === undefined) return [];
    const own = [state, ...(state.Choices ?? []), ...(state.Catch ?? [])].flatMap(assigned);
    return [
      ...own
        .filter((variable) => variable === 'states' || !NAME.test(variable))
        .map((variable) => ({ state: name, message: `assigns "${variable}", which AWS refuses as a name` })),
      ...own
        .filter((variable) => outerNames.includes(variable))
        .map((variable) => ({ state: name, message: `assigns $${variable} of the outer scope, which AWS refuses` })),
      ...readProblems(state, here).map((message) => ({ state: name, message })),
      ...innerScopes(state).flatMap((inner) => variableFindings(inner, here, names)),
    ];
  });
};
