import type { Block, Effects, State } from './definition.ts';
import { DefinitionRefused, type Diagnostic } from './errors.ts';

const effectsOf = (state: State): Effects[] => [
  state,
  ...(state.type === 'Choice' ? state.rules : []),
  ...('catchers' in state ? state.catchers : []),
];

const assignedIn = (block: Block): Set<string> => {
  const names = new Set<string>();
  for (const state of block.states.values())
    for (const { assign } of effectsOf(state)) for (const [name] of assign) names.add(name);
  return names;
};

const innerBlocks = (state: State, location: string): [Block, string][] => {
  if (state.type === 'Map') return [[state.processor, `${location}/ItemProcessor`]];
  if (state.type !== 'Parallel') return [];
  return state.branches.map((branch, index) => [branch, `${location}/Branches[${index}]`]);
};

/** Refuses a variable of an inner scope that has the name of an outer one: AWS lets an inner scope read it, not assign or hide it. */
export const checkVariables = (block: Block, location: string, outer: ReadonlySet<string> = new Set()): void => {
  const own = assignedIn(block);
  const found: Diagnostic[] = [];
  for (const state of block.states.values())
    for (const { assign } of effectsOf(state))
      for (const [name] of assign)
        if (outer.has(name))
          found.push({
            code: 'SCHEMA_VALIDATION_FAILED',
            message: `The variable '${name}' is already defined in an outer scope`,
            location: `${location}/States/${state.name}/Assign/${name}`,
          });
  if (found.length > 0) throw new DefinitionRefused(found);
  const visible = new Set([...outer, ...own]);
  for (const state of block.states.values())
    for (const [inner, at] of innerBlocks(state, `${location}/States/${state.name}`))
      checkVariables(inner, at, visible);
};
