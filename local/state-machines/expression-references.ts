import { DefinitionRefused } from './errors.ts';
import { isObject } from './plain-json.ts';

/** What of `$states` an expression may read where it stands. */
export type Reads = { readonly result?: boolean; readonly errorOutput?: boolean };

/** Parts of a node inside which a context item is there, so that names and `$` mean something. */
const withContext = ['predicate', 'stages', 'group', 'terms', 'body', 'pattern', 'update', 'delete'];
const notNodes = ['type', 'position', 'value', 'signature', 'thunk'];

const statesField = (steps: readonly unknown[]): string | undefined => {
  const [first, second] = steps;
  if (!isObject(first) || first.type !== 'variable' || first.value !== 'states') return undefined;
  return isObject(second) && second.type === 'name' && typeof second.value === 'string' ? second.value : undefined;
};

/** Refuses what AWS refuses: names and `$` without a context item, `$$`, and fields of `$states` that are not there. */
export const checkReferences = (ast: unknown, location: string, { result, errorOutput }: Reads): void => {
  const fields = ['input', 'context', ...(result ? ['result'] : []), ...(errorOutput ? ['errorOutput'] : [])];
  const found = new Set<string>();
  const atTop = (name: string) => found.add(`Reference to '${name}' at the top level is not supported.`);

  const visitNamed = (node: Record<string, unknown>, inside: boolean): void => {
    if (node.type === 'name' && !inside) atTop(String(node.value));
    if (node.type === 'wildcard' && !inside) atTop('*');
    if (node.type === 'descendant' && !inside) atTop('**');
    if (node.type === 'variable' && node.value === '' && !inside) atTop('$');
    // Measured on AWS.
    if (node.type === 'variable' && node.value === '$') found.add("Reference to '$$' is not supported.");
  };

  const visit = (node: unknown, inside: boolean): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, inside);
      return;
    }
    if (!isObject(node) || node instanceof RegExp) return;
    visitNamed(node, inside);
    const steps: unknown[] = node.type === 'path' && Array.isArray(node.steps) ? node.steps : [];
    const field = statesField(steps);
    // Measured on AWS, with errorOutput outside a Catch.
    if (field !== undefined && !fields.includes(field)) found.add(`Field '$states.${field}' does not exist.`);
    for (const [index, step] of steps.entries()) visit(step, inside || index > 0);
    for (const [key, child] of Object.entries(node))
      if (key !== 'steps' && !notNodes.includes(key)) visit(child, inside || withContext.includes(key));
  };
  visit(ast, false);
  if (found.size > 0)
    throw new DefinitionRefused(
      [...found].map((message) => ({ code: 'UNSUPPORTED_JSONATA_EXPRESSION', message, location })),
    );
};
