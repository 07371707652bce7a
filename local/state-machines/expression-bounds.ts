import { createContext, Script } from 'node:vm';
import { type Ast, type JsonataExpression, surroundings } from './jsonata-engine.ts';
import { limits } from './limits.ts';

/** What AWS says of an expression that it stopped; such an error has no JSONata code. */
const stopped = {
  depth: 'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
  time: 'Expression evaluation timeout: Check for infinite loop',
  memory: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
};

/** An expression that AWS would have stopped. */
export class ExpressionStopped extends Error {
  override readonly name = 'ExpressionStopped';
  constructor(why: keyof typeof stopped) {
    super(stopped[why]);
  }
}

// One expression is evaluated at a time, so these belong to the one that runs.
let depth = 0;
let steps = 0;
let held = 0;
let made = 0;
let copied = 0;
let startedAt = 0;

const checkTime = () => {
  if (performance.now() - startedAt > limits.expressionMillis) throw new ExpressionStopped('time');
};

const enter = () => {
  depth += 1;
  steps += 1;
  if (depth > limits.expressionDepth) throw new ExpressionStopped('depth');
  if (steps > limits.expressionSteps) throw new ExpressionStopped('time');
  if ((steps & 1023) === 0) checkTime();
};

/** What a step made rather than handed on; AWS's bound is of what is live, which is not known here, so this one is wide. */
const holdMade = (type: string, result: object | string) => {
  if (typeof result === 'string') made += result.length;
  else if (Array.isArray(result)) made += 8 * result.length;
  else if (type === 'function') made += 8 * Object.keys(result).length;
  if (made > limits.expressionBytesMade) throw new ExpressionStopped('memory');
};

const makers = ['unary', 'binary', 'function', 'apply'];

const leave = ({ type }: Ast, _input: unknown, _frame: unknown, result: unknown) => {
  depth -= 1;
  if (typeof result === 'string') {
    if (result.length > limits.expressionCharacters) throw new ExpressionStopped('memory');
    if (type === 'function') holdMade(type, result);
  } else if (typeof result === 'object' && result !== null) {
    if (Array.isArray(result) && result.length > limits.expressionItems) throw new ExpressionStopped('memory');
    if (makers.includes(type) || 'sequence' in result) holdMade(type, result);
  }
};

/** The library copies a list for each item that it adds to it: the time that takes passes inside one step. */
surroundings.copied = (items) => {
  copied += items;
  if (copied < 1_000_000) return;
  copied = 0;
  checkTime();
};

/** Fails before text of such a length is made, since making it is what would hang. */
export const holdCharacters = (characters: number): void => {
  held += characters;
  if (held > limits.expressionCharacters) throw new ExpressionStopped('memory');
};

/** Makes an expression stop at AWS's bounds of depth, time and memory. */
export const boundExpression = (expression: JsonataExpression): void => {
  expression.assign(Symbol.for('jsonata.__evaluate_entry'), enter);
  expression.assign(Symbol.for('jsonata.__evaluate_exit'), leave);
};

/** Whether a syntax tree holds a node that satisfies the test. */
export const holdsNode = (ast: unknown, test: (node: Ast) => boolean): boolean => {
  const seen: unknown[] = [ast];
  for (let node = seen.pop(); node !== undefined; node = seen.pop()) {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) continue;
    if (isNode(node) && test(node)) return true;
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) seen.push(child);
  }
  return false;
};

const isNode = (node: object): node is Ast => 'type' in node && typeof node.type === 'string';

const watched: { run: () => unknown } = { run: () => undefined };
const room = createContext({ watched });
const runWatched = new Script('watched.run()');

/** A regular expression or `$distinct` can run for ever inside one step: only V8's own watchdog stops that. */
const evaluateWatched = (run: () => unknown): unknown => {
  watched.run = run;
  try {
    return runWatched.runInContext(room, { timeout: limits.expressionMillis });
  } catch (error) {
    // The watchdog's error belongs to the other context, so it is no instance of this one's Error.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new ExpressionStopped('time');
    throw error;
  }
};

/** Evaluates within the bounds; `longSteps` says that a single step of the expression may take for ever. */
export const evaluateBounded = (run: () => unknown, longSteps: boolean): unknown => {
  depth = 0;
  steps = 0;
  held = 0;
  made = 0;
  copied = 0;
  startedAt = performance.now();
  try {
    return longSteps ? evaluateWatched(run) : run();
  } catch (error) {
    // The engine's own stack ends before AWS's depth only inside one step, such as a comparison of deep values.
    if (error instanceof RangeError) throw new ExpressionStopped(error.message.includes('stack') ? 'depth' : 'memory');
    throw error;
  }
};
