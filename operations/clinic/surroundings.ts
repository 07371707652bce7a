import { InputRefused } from '../../functions/domain/problems.ts';
import { TableUnavailable } from '../../functions/stores/table.ts';

/** What a command line has around it. */
export type Surroundings = {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
};

const nameOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** One line for each problem, where the error is one that whoever typed the command can do something about. */
const problemsOf = (error: unknown): readonly string[] | undefined => {
  if (error instanceof InputRefused) return error.problems;
  if (error instanceof TableUnavailable) return [`table: ${error.message} (${nameOf(error.cause)})`];
  return undefined;
};

/** Runs a command; what was wrong with its input is told on standard error, one line a problem, with status 2. */
export const telling = async <S extends number>(
  { stderr }: Pick<Surroundings, 'stderr'>,
  command: () => Promise<S>,
): Promise<S | 2> => {
  try {
    return await command();
  } catch (error) {
    const problems = problemsOf(error);
    if (problems === undefined) throw error;
    for (const problem of problems) stderr.write(`${problem.replaceAll(/\s*\n\s*/g, ' ')}\n`);
    return 2;
  }
};
