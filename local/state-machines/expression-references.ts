import { DefinitionRefused } from './errors.ts';
import { isObject } from './plain-json.ts';

/** What of `$states` an expression may read where it stands. */
export type Reads = { readonly result?: boolean; readonly errorOutput?: boolean };

const refuse = (name: string, location: string): never => {
  throw new DefinitionRefused(
    'UNSUPPORTED_JSONATA_EXPRESSION',
    `Reference to '${name}' at the top level is not supported.`,
    location,
  );
};

/** Refuses what AWS refuses: names and `$` without a context item, `$$`, and fields of `$states` that are not there. */
export const checkReferences = (ast: unknown, location: string, reads: Reads): void => {
  const states = new Set([
    'input',
    'context',
    ...(reads.result ? ['result'] : []),
    ...(reads.errorOutput ? ['errorOutput'] : []),
  ]);

  const checkStates = (steps: readonly unknown[]) => {
    const [first, second] = steps;
    if (!isObject(first) || first.type !== 'variable' || first.value !== 'states') return;
    if (!isObject(second) || second.type !== 'name' || typeof second.value !== 'string') return;
    if (!states.has(second.value)) refuse(`$states.${second.value}`, location);
  };

  /** `inside`: a context item is there, as in a later step of a path, a predicate or a function's body. */
  const visit = (node: unknown, inside: boolean): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, inside);
      return;
    }
    if (!isObject(node) || node instanceof RegExp) return;
    switch (node.type) {
      case 'path': {
        const steps: unknown[] = Array.isArray(node.steps) ? node.steps : [];
        checkStates(steps);
        for (const [index, step] of steps.entries()) visit(step, inside || index > 0);
        visit(node.group, true);
        return;
      }
      case 'name':
        if (!inside) refuse(String(node.value), location);
        break;
      case 'wildcard':
      case 'descendant':
        if (!inside) refuse(node.type === 'wildcard' ? '*' : '**', location);
        break;
      case 'variable':
        if (node.value === '$') refuse('$$', location);
        if (node.value === '' && !inside) refuse('$', location);
        break;
      case 'apply':
        visit(node.lhs, inside);
        visit(node.rhs, inside);
        return;
      default:
        break;
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'type' || key === 'position' || key === 'value' || key === 'signature') continue;
      visit(
        child,
        inside || key === 'predicate' || key === 'stages' || key === 'group' || key === 'terms' || key === 'body',
      );
    }
  };
  visit(ast, false);
};
