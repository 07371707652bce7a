import { addAwsFunctions } from './aws-functions.ts';
import { directExpression, notDirect } from './direct-expression.ts';
import { EvaluationError } from './errors.ts';
import { boundExpression, evaluateBounded, holdsNode } from './expression-bounds.ts';
import { type Ast, jsonata, surroundings } from './jsonata-engine.ts';
import { isObject, jsonType, NotJson, plainJson } from './plain-json.ts';
import { type Scope, variableOf } from './scope.ts';

/** An expression ready to be evaluated; the same text is compiled once for all machines. */
export type Expression = { readonly text: string; readonly ast: Ast; readonly evaluate: (scope: Scope) => unknown };

// Room for every expression of every workflow; machines made up by tests must not fill the memory.
const MOST_KEPT = 5_000;
const kept = new Map<string, Expression>();
// A literal list of so many items may be one long step.
const LONG = 20_000;

/** Compiles an expression; throws JSONata's own error if it does not parse. */
export const compileExpression = (text: string): Expression => {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const expression = compile(text);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(text, expression);
  return expression;
};

const compile = (text: string): Expression => {
  const parsed = jsonata(text);
  const ast = parsed.ast();
  const direct = directExpression(ast);
  const variables = variablesOf(ast);
  const readsContext = variables.includes('states') && text.includes('context');
  const wholeStates = readsWholeStates(ast);
  const longSteps =
    variables.includes('distinct') || text.length > LONG || holdsNode(ast, (node) => node.type === 'regex');
  boundExpression(parsed);
  addAwsFunctions(parsed);

  const evaluateFully = (scope: Scope): unknown => {
    const bindings: Record<string, unknown> = {};
    for (const name of variables) {
      const value =
        name === 'states' ? statesOf(scope, readsContext || wholeStates) : variableOf(scope.variables, name);
      if (value !== undefined) bindings[name] = value;
    }
    surroundings.millis = scope.millis();
    surroundings.random = scope.random;
    return evaluateBounded(() => {
      const value = parsed.evaluate(undefined, bindings);
      return value === undefined ? undefined : plainJson(value);
    }, longSteps);
  };

  const evaluate = (scope: Scope): unknown => {
    const value = direct === undefined ? notDirect : direct(scope);
    return value === notDirect ? evaluateFully(scope) : value;
  };
  return { text, ast, evaluate };
};

const statesOf = (scope: Scope, withContext: boolean): Record<string, unknown> => {
  const states: Record<string, unknown> = { input: scope.input };
  if (scope.result !== undefined) states.result = scope.result;
  if (scope.errorOutput !== undefined) states.errorOutput = scope.errorOutput;
  if (withContext) states.context = scope.context();
  return states;
};

const variablesOf = (ast: Ast): string[] => {
  const names = new Set<string>();
  holdsNode(ast, (node) => {
    if (node.type === 'variable' && typeof node.value === 'string' && node.value !== '' && node.value !== '$')
      names.add(node.value);
    return false;
  });
  return [...names];
};

/** Whether `$states` is read other than by the name of one of its fields, so that the context must be there. */
const readsWholeStates = (ast: Ast): boolean => {
  const isStates = (node: unknown) => isObject(node) && node.type === 'variable' && node.value === 'states';
  let [read, named] = [0, 0];
  holdsNode(ast, (node) => {
    if (isStates(node)) read += 1;
    if (node.type === 'path' && Array.isArray(node.steps) && isStates(node.steps[0])) {
      const second: unknown = node.steps[1];
      if (isObject(second) && second.type === 'name' && second.value !== 'context') named += 1;
    }
    return false;
  });
  return read > named;
};

const noDigit =
  'D3086: The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character';

const messageOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return `: ${String(error)}`;
  const message = 'message' in error ? String(error.message) : 'unknown error';
  if ('code' in error && typeof error.code === 'string') return `. ${error.code}: ${message}`;
  // Measured on AWS: a picture without a digit is D3086, where this version of the library trips over itself.
  if (error instanceof TypeError && 'token' in error && error.token === 'formatNumber') return `. ${noDigit}`;
  return `: ${message}`;
};

/** Evaluates an expression for a field; throws the EvaluationError that AWS would report. */
export const evaluateExpression = (expression: Expression, scope: Scope, field: string): unknown => {
  let value: unknown;
  try {
    value = expression.evaluate(scope);
  } catch (error) {
    const what = `The JSONata expression '${expression.text}' specified for the field '${field}'`;
    if (error instanceof NotJson) throw new EvaluationError(`${what} returned an unsupported result type.`, field);
    throw new EvaluationError(`${what} threw an error during evaluation${messageOf(error)}`, field);
  }
  if (value === undefined)
    throw new EvaluationError(
      `The JSONata expression '${expression.text}' specified for the field '${field}' returned nothing (undefined).`,
      field,
    );
  return value;
};

/** Says that an expression gave a value of the wrong type, in AWS's words. */
export const wrongType = (expression: Expression, field: string, expected: string, value: unknown): EvaluationError =>
  new EvaluationError(
    `The JSONata expression '${expression.text}' specified for the field '${field}' returned an unexpected result type. Expected '${expected}', but was '${jsonType(value)}' for value: ${JSON.stringify(value)}`,
    field,
  );
