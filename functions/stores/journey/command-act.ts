import type { Command } from '../../contracts/command.ts';
import type { Desk } from './desk.ts';

/** Ends a command's transaction, so that nothing of a refused command is written. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** What a command does, and which appointments it concerned. */
export type CommandAct = (desk: Desk, command: Command) => Promise<readonly string[]>;
