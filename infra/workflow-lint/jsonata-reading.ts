import jsonata from 'jsonata';
import {
  allowedFunctions,
  allowedNodes,
  allowedOperators,
  knownFunctions,
  refusedFunctions,
} from './jsonata-vocabulary.ts';

/** What one expression reads and what is wrong with it, wherever it stands. */
export type Reading = {
  /** Variables, `states` left out. */
  readonly variables: readonly string[];
  /** Variables that the expression tests with `$exists` and so may be missing. */
  readonly guarded: readonly string[];
  /** The fields behind each `$states`, e.g. `['context', 'Task', 'Token']`. */
  readonly reserved: readonly (readonly string[])[];
  readonly problems: readonly string[];
};

type Node = { readonly type: string; readonly value?: unknown; readonly [field: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Nodes in any field, through lists and pairs. */
const childrenOf = (value: unknown): readonly Node[] =>
  Array.isArray(value)
    ? value.flatMap((item: unknown) => (isNode(item) ? [item] : childrenOf(item)))
    : isNode(value)
      ? [value]
      : [];

const PICKS = 'expressions only pick fields, compare and concatenate';

const functionProblem = (name: unknown): string | undefined => {
  if (typeof name !== 'string' || !knownFunctions.has(name)) return `calls $${name}, which AWS does not know`;
  if (refusedFunctions.has(name)) return `calls $${name}, which is refused: a replay would take another way`;
  if (!allowedFunctions.has(name))
    return `calls $${name}: ${PICKS}; allowed are ${[...allowedFunctions].map((known) => `$${known}`).join(', ')}`;
  return undefined;
};

const nodeProblem = (node: Node): string | undefined => {
  if (!allowedNodes.has(node.type)) return `holds a ${node.type} (${JSON.stringify(node.value)}): ${PICKS}`;
  if (node.type === 'binary' && !allowedOperators.has(String(node.value)))
    return `computes with "${node.value}": ${PICKS}`;
  if (node.type === 'unary' && node.value === '-') return `computes with "-": ${PICKS}`;
  if (node.type === 'block' && childrenOf(node.expressions).length !== 1) return `has several steps: ${PICKS}`;
  if ('group' in node || 'focus' in node || 'index' in node) return `groups or binds while it walks: ${PICKS}`;
  return undefined;
};

/** Parses the JSONata of one `{% ... %}` and says what it reads; a parse error is a problem like any other. */
export const readExpression = (source: string): Reading => {
  const variables = new Set<string>();
  const guarded = new Set<string>();
  const reserved: string[][] = [];
  const problems: string[] = [];

  const variable = (name: string, following: readonly Node[]) => {
    if (name === 'states')
      reserved.push(following.filter(({ type }) => type === 'name').map(({ value }) => String(value)));
    else if (name === '' || name === '$') problems.push(`reads $${name}, which AWS refuses: there is no document here`);
    else variables.add(name);
  };

  /** `item` is true inside a filter, where names and `$` mean the item that is tested. */
  const visit = (node: Node, item: boolean): void => {
    const problem = nodeProblem(node);
    if (problem !== undefined) problems.push(problem);
    const { type, value, steps, procedure, predicate, stages, ...fields } = node;
    for (const { expr } of [...childrenOf(predicate), ...childrenOf(stages)])
      for (const test of childrenOf(expr)) visit(test, true);
    if (type === 'variable' && !(item && value === '')) variable(String(value), []);
    if (type === 'function') {
      const [called] = childrenOf(procedure);
      const wrong = functionProblem(called?.type === 'variable' ? called.value : JSON.stringify(called));
      if (wrong !== undefined) problems.push(wrong);
      if (called?.value === 'exists') for (const name of readNames(fields.arguments)) guarded.add(name);
    }
    const [first, ...rest] = childrenOf(steps);
    if (first?.type === 'name' && !item)
      problems.push(`reads the bare name "${first.value}", which AWS refuses: start from $states.input or a variable`);
    if (first !== undefined) {
      if (first.type === 'variable' && !('predicate' in first)) {
        if (!(item && first.value === '')) variable(String(first.value), rest);
      } else visit(first, item);
    }
    for (const step of rest) {
      if (step.type !== 'name') problems.push(`maps over a list with a ${step.type}: ${PICKS}`);
      visit(step, true);
    }
    for (const child of Object.values(fields).flatMap(childrenOf)) visit(child, item);
  };

  const readNames = (value: unknown): readonly string[] =>
    childrenOf(value).flatMap((node) => {
      const [first] = childrenOf(node.steps);
      const start = first ?? node;
      return start.type === 'variable' ? [String(start.value)] : [];
    });

  try {
    const ast: unknown = jsonata(source).ast();
    if (isNode(ast)) visit(ast, false);
  } catch (error) {
    problems.push(`cannot be read: ${error instanceof Error ? error.message : JSON.stringify(error)}`);
  }
  return { variables: [...variables], guarded: [...guarded], reserved, problems };
};
