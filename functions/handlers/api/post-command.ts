import { Command, CommandAnswer } from '../../contracts/command.ts';
import { frame } from '../../runtime/frame.ts';
import { postCommand as postCommandAct } from '../../stores/journey/commands.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

type Deps = { readonly journeys: Pick<JourneyStore, 'postCommand'> };

/** Takes what somebody asks of a running journey. */
export const postCommand =
  ({ journeys }: Deps) =>
  (input: Command): Promise<CommandAnswer> =>
    journeys.postCommand(input);

const wire = (): Deps => ({ journeys: { postCommand: wireAct(postCommandAct) } });

export const step = { name: 'post-command', input: Command, output: CommandAnswer, wire, run: postCommand };
export const handler = frame(step);
