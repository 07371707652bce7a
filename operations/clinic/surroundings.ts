import { TableUnavailable } from '../../functions/stores/table.ts';

/** What a command line has around it. */
export type Surroundings = {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
};

const nameOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** A table that does not answer: another account or region, or one that is not there. */
export const unreachable = (error: unknown): readonly string[] | undefined =>
  error instanceof TableUnavailable ? [`table: ${error.message} (${nameOf(error.cause)})`] : undefined;
