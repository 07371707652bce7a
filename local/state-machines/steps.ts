import { abortMembers } from './aborting.ts';
import { runChoice } from './choice.ts';
import type { State } from './definition.ts';
import type { Engine } from './engine.ts';
import { HistoryFull, StateError } from './errors.ts';
import type { Execution, Line } from './execution.ts';
import { failureOf } from './fail.ts';
import { catchFailure, reported, retryState } from './failing.ts';
import { completeState, enterState } from './flow.ts';
import { memberEnded, memberFailed, startMap, startParallel } from './groups.ts';
import { endWait } from './line.ts';
import { startTask, type TaskEnds } from './task.ts';
import { startWait } from './wait.ts';

/** What becomes of an execution whose last line ended. */
export type ExecutionEnds = {
  readonly succeeded: (execution: Execution, output: unknown) => void;
  readonly failed: (execution: Execution, failure: StateError, lastEventId: number) => void;
};

/** Runs the states of lines until each line waits or has ended. */
export const stepper = (engine: Engine, ends: ExecutionEnds) => {
  let draining = false;

  const failState = (line: Line, failure: StateError, ranTask: boolean): void => {
    const { state } = line;
    abortMembers(engine, line, failure.error === 'States.Runtime' ? undefined : line.lastEventId);
    endWait(engine, line);
    if (failure.error === 'States.Runtime') {
      ends.failed(line.execution, failure, line.lastEventId);
      return;
    }
    if (state !== undefined && retryState(engine, line, failure, taskEnds)) return;
    const uncaught = catchFailure(engine, line, failure);
    if (uncaught === undefined) engine.ready.push(line);
    else if (uncaught.error === 'States.Runtime') ends.failed(line.execution, uncaught, line.lastEventId);
    else failLine(line, uncaught, ranTask);
  };

  const failLine = (line: Line, failure: StateError, ranTask: boolean): void => {
    const { parent } = line;
    if (parent === undefined) {
      ends.failed(line.execution, failure, line.lastEventId);
      return;
    }
    line.gone = true;
    line.state = undefined;
    guarded(parent, () => {
      const outcome = memberFailed(engine, parent, line, failure, ranTask);
      if (outcome !== undefined) failState(parent, outcome, false);
    });
  };

  /** Runs what belongs to a line's state: what it throws fails that state. */
  const guarded = (line: Line, run: () => void): void => {
    try {
      run();
    } catch (thrown) {
      failState(line, reported(engine, line, thrown), false);
    }
  };

  const taskEnds: TaskEnds = {
    act: (line, run) => act(line, run),
    succeed: (line, result) => {
      const { state } = line;
      if (state === undefined) return;
      guarded(line, () => {
        completeState(engine, line, state, result);
        engine.ready.push(line);
      });
    },
    fail: (line, failure) => failState(line, failure, true),
    again: (line) => {
      if (line.state !== undefined) attempt(line, line.state);
    },
  };

  const perform = (line: Line, state: State): void => {
    if (state.type === 'Pass' || state.type === 'Succeed') completeState(engine, line, state, line.input);
    else if (state.type === 'Choice') runChoice(engine, line, state);
    else if (state.type === 'Task') startTask(engine, line, state, taskEnds);
    else if (state.type === 'Wait') startWait(engine, line, state, taskEnds);
    else if (state.type === 'Fail') failLine(line, failureOf(engine, line, state), false);
    else if (state.type === 'Parallel') startParallel(engine, line, state);
    else startMap(engine, line, state);
  };

  const attempt = (line: Line, state: State): void => {
    guarded(line, () => perform(line, state));
    if (line.next !== undefined || line.ended) engine.ready.push(line);
  };

  const runLine = (line: Line): void => {
    const { begin } = line;
    line.begin = undefined;
    if (begin !== undefined && !line.gone) guarded(line, begin);
    while (line.next !== undefined && !line.gone) {
      const state = line.block.states.get(line.next);
      if (state === undefined) throw new Error(`The state '${line.next}' is gone.`);
      try {
        enterState(engine, line, state);
        perform(line, state);
      } catch (thrown) {
        failState(line, reported(engine, line, thrown), false);
      }
    }
    if (!line.ended || line.gone) return;
    line.gone = true;
    const { parent } = line;
    if (parent === undefined) ends.succeeded(line.execution, line.input);
    else guarded(parent, () => memberEnded(engine, parent, line));
  };

  /** AWS fails an execution whose history is full, wherever it stands. */
  const protect = (line: Line, run: () => void): void => {
    try {
      run();
    } catch (thrown) {
      if (!(thrown instanceof HistoryFull)) throw thrown;
      const cause = 'The execution reached the maximum number of history events (25000).';
      ends.failed(line.execution, new StateError('States.Runtime', cause), line.lastEventId);
    }
  };

  const drain = () => {
    if (draining) return;
    draining = true;
    try {
      for (let index = 0; index < engine.ready.length; index += 1) {
        const line = engine.ready[index];
        if (line !== undefined) protect(line, () => runLine(line));
      }
    } finally {
      engine.ready.length = 0;
      draining = false;
    }
  };

  const act = (line: Line, run: () => void) => {
    if (line.gone) return;
    engine.change(() => {
      protect(line, run);
      drain();
    });
  };

  return { start: (line: Line) => act(line, () => void engine.ready.push(line)), taskEnds };
};
