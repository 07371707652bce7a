import { describe, expect, it, vi } from 'vitest';
import { step } from '../../../functions/handlers/api/post-command.ts';
import { journeyId, journeysThat } from '../support/fakes.ts';
import { call, refusalOf } from '../support/handlers.ts';

const command = {
  journeyId,
  commandId: 'command-1',
  command: 'withdraw' as const,
  by: { role: 'patient' as const, id: 'patient' },
  reason: 'moving away',
  data: {},
};

describe('A command', () => {
  it('reaches the journey as it was given, and is carried out', async () => {
    const postCommand = vi.fn(async () => ({ accepted: true, reason: null }));
    const answer = call(step, { journeys: journeysThat({ postCommand }) }, command);
    await expect(answer).resolves.toEqual({ accepted: true, reason: null });
    expect(postCommand.mock.calls).toEqual([[command]]);
  });

  it('is answered with the reason when it is not', async () => {
    const refused = { accepted: false, reason: 'the journey has ended' };
    const journeys = journeysThat({ postCommand: async () => refused });
    await expect(call(step, { journeys }, command)).resolves.toEqual(refused);
  });

  it.each<[string, object, string]>([
    ['that nobody knows', { command: 'dance' }, 'command (invalid_value)'],
    ['without an id, by which a repetition would be known', { commandId: '' }, 'commandId (too_small)'],
    ['with an id that is a letter', { commandId: 'x'.repeat(101) }, 'commandId (too_big)'],
    ['of a role that nobody has', { by: { role: 'root', id: 'a' } }, 'by.role (invalid_value)'],
    ['with more than a command takes', { force: true }, 'input (unrecognized_keys)'],
  ])('is refused %s', async (_case, wrong, message) => {
    const error = await refusalOf(call(step, { journeys: journeysThat({}) }, { ...command, ...wrong }));
    expect(error).toMatchObject({ name: 'BadInput', message: `post-command: ${message}` });
  });
});
