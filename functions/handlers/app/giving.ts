import { isDeepStrictEqual } from 'node:util';
import type { JsonRecord } from '../../domain/json-record.ts';
import { COMMANDS, type CommandName } from '../../domain/names.ts';
import { actingAs } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { KeyUsed, Refused } from './errors.ts';
import type { Asking } from './route.ts';

type Given = { readonly command: CommandName; readonly reason: string | null; readonly data: JsonRecord };

/**
 * Gives a command in the asker's name. A key that came before gets the first answer; with something else in it, it is refused.
 * Rejects with Refused, and the reason of the rules, where the command is.
 */
export const giving =
  ({ journeys, reading }: Pick<ApiDeps, 'journeys' | 'reading'>) =>
  async ({ viewer, key }: Asking, journeyId: string, { command, reason, data }: Given): Promise<void> => {
    const by = actingAs(viewer, COMMANDS[command].by, `to ${command}`);
    const before = (await reading.command(journeyId, key))?.value;
    const isSame =
      before === undefined ||
      (before.command === command && before.by.id === by.id && isDeepStrictEqual({ ...before.data }, { ...data }));
    if (!isSame) throw new KeyUsed('Idempotency-Key: was given with another command; a new one for each');
    const answer = await journeys.postCommand({ journeyId, commandId: key, command, by, reason, data });
    if (!answer.accepted) throw new Refused(answer.reason ?? 'refused');
  };
