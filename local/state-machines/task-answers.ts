import { touch } from './changes.ts';
import type { Engine } from './engine.ts';
import { ServiceError, StateError } from './errors.ts';
import type { Answer } from './execution.ts';
import { limits } from './limits.ts';
import { isDeeperThan, isLargerThan } from './plain-json.ts';
import { armHeartbeat, type TaskCall, taskFailed, taskSucceeded } from './task.ts';

/** Goes on at the clock's next turn with what was sent for a task's token. */
export const goOnWith = (call: TaskCall, answer: Answer): void => {
  const { engine, ends, line, wait } = call;
  engine.clock.at(engine.clock.millis(), () => {
    if (line.wait !== wait) return;
    ends.act(line, () => {
      if ('output' in answer) taskSucceeded(call, answer.output);
      else taskFailed(call, new StateError(answer.error, answer.cause));
    });
  });
};

/** What those who hold a task token may send, with AWS's exceptions. */
export const taskAnswers = (engine: Engine) => {
  const { tokens } = engine;

  /** The first answer takes the token at once; the execution goes on at the clock's next turn. */
  const take = (token: string, answer: Answer) => {
    const call = engine.tokens.holder(token);
    engine.change(() => {
      const { line, wait } = call;
      tokens.release(token);
      for (const cancel of wait.cancels.splice(0)) cancel();
      wait.heartbeat?.cancel();
      wait.heartbeat = undefined;
      if (wait.pending.kind === 'task') wait.pending.answer = answer;
      touch(line);
      goOnWith(call, answer);
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
      take(token, { output: JSON.parse(JSON.stringify(output)) });
    },
    async sendTaskFailure(token: string, error?: string, cause?: string): Promise<void> {
      take(token, cause === undefined ? { error } : { error, cause });
    },
    /** Puts off the heartbeat's deadline, never the task's own. */
    async sendTaskHeartbeat(token: string): Promise<void> {
      const call = tokens.holder(token);
      const { heartbeat } = call.wait;
      if (heartbeat === undefined) return;
      engine.change(() => armHeartbeat(call, heartbeat.seconds, engine.clock.millis() + heartbeat.seconds * 1000));
    },
  };
};
