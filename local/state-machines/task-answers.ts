import type { Engine } from './engine.ts';
import { ServiceError, StateError } from './errors.ts';
import { limits } from './limits.ts';
import { isDeeperThan, isLargerThan } from './plain-json.ts';
import { beat, type TaskCall, type TaskEnds, taskFailed, taskSucceeded } from './task.ts';

/** What those who hold a task token may send, with AWS's exceptions. */
export const taskAnswers = (engine: Engine, ends: TaskEnds) => {
  const { clock, tokens } = engine;

  /** The first answer takes the token at once; the execution goes on at the clock's next turn. */
  const answer = (token: string, go: (call: TaskCall) => void) => {
    const call = tokens.holder(token);
    const { line, wait } = call;
    tokens.release(token);
    for (const cancel of wait.cancels.splice(0)) cancel();
    wait.heartbeat?.cancel();
    clock.at(clock.millis(), () => {
      if (line.wait === wait) ends.act(line, () => go(call));
    });
  };

  return {
    async sendTaskSuccess(token: string, output: unknown): Promise<void> {
      if (isDeeperThan(output, limits.nesting))
        throw new ServiceError('InvalidOutput', 'Invalid output: it is nested too deeply');
      if (output === undefined || isLargerThan(output, limits.payloadBytes))
        throw new ServiceError(
          'InvalidOutput',
          `Invalid output: it is missing or larger than ${limits.payloadBytes} bytes`,
        );
      const text = JSON.stringify(output);
      answer(token, (call) => taskSucceeded(call, JSON.parse(text)));
    },
    async sendTaskFailure(token: string, error?: string, cause?: string): Promise<void> {
      answer(token, (call) => taskFailed(call, new StateError(error, cause)));
    },
    /** Puts off the heartbeat's deadline, never the task's own. */
    async sendTaskHeartbeat(token: string): Promise<void> {
      const call = tokens.holder(token);
      if (call.wait.heartbeat !== undefined) beat(call, call.wait.heartbeat.seconds);
    },
  };
};
