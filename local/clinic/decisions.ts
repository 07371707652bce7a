import type { Accepted, CommandRequest, Decision } from '../rehearsal/engine.ts';
import type { Call } from './functions.ts';

const accepted = async (call: Promise<unknown>): Promise<Accepted> => {
  const answer = await call;
  const isAccepted = typeof answer === 'object' && answer !== null && 'accepted' in answer && answer.accepted === true;
  const reason = typeof answer === 'object' && answer !== null && 'reason' in answer ? answer.reason : undefined;
  return { accepted: isAccepted, ...(typeof reason === 'string' && { reason }) };
};

/** Answers and commands of people, taken by the deployed functions. */
export const decisions = (call: (name: string) => Call) => ({
  decideTask: ({ reason, ...decision }: Decision): Promise<Accepted> =>
    accepted(call('decide-task')({ ...decision, reason: reason ?? null })),
  postCommand: ({ reason, ...request }: CommandRequest): Promise<Accepted> =>
    accepted(call('post-command')({ ...request, reason: reason ?? null })),
});
