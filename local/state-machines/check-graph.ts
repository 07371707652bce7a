import type { Block, State } from './definition.ts';
import { DefinitionRefused, type Diagnostic } from './errors.ts';

type Target = { readonly name: string; readonly from: string };

const targetsOf = (state: State): Target[] => [
  ...(state.next === undefined ? [] : [{ name: state.next, from: state.type === 'Choice' ? 'Default' : 'Next' }]),
  ...(state.type === 'Choice'
    ? state.rules.map(({ next }, index) => ({ name: next, from: `Choices[${index}]/Next` }))
    : []),
  ...('catchers' in state
    ? state.catchers.map(({ next }, index) => ({ name: next, from: `Catch[${index}]/Next` }))
    : []),
];

const isTerminal = (state: State) => state.type !== 'Choice' && state.next === undefined;

const missing = (name: string, location: string): Diagnostic => ({
  code: 'MISSING_TRANSITION_TARGET',
  // Measured on AWS: the word is Next wherever the target stands.
  message: `Missing 'Next' target: ${name}`,
  location,
});

const unreached = ({ startAt, states }: Block): string[] => {
  const reached = new Set([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    if (state !== undefined) for (const target of targetsOf(state)) reached.add(target.name);
  }
  return [...states.keys()].filter((name) => !reached.has(name));
};

/** Refuses states that lead nowhere or that nothing leads to. Measured on AWS: that a machine ends is asked of the machine alone. */
export const checkGraph = (block: Block, location: string, isMachine: boolean): void => {
  const { startAt, states } = block;
  const found: Diagnostic[] = states.has(startAt) ? [] : [missing(startAt, `${location}/StartAt`)];
  for (const state of states.values())
    for (const { name, from } of targetsOf(state))
      if (!states.has(name)) found.push(missing(name, `${location}/States/${state.name}/${from}`));
  if (isMachine && ![...states.values()].some(isTerminal))
    found.push({ code: 'MISSING_END_STATE', message: 'Workflow has no terminal state', location: null });
  else
    for (const name of unreached(block))
      found.push({
        code: 'MISSING_TRANSITION_TARGET',
        message: `State "${name}" is not reachable.`,
        location: `${location}/States/${name}`,
      });
  if (found.length > 0) throw new DefinitionRefused(found);
};
