import { InputRefused } from '../../functions/domain/problems.ts';

/** Where a command says what was wrong with its input. */
export type Told = { readonly stderr: { write(text: string): unknown } };

/** One line for each problem, where an error is one that whoever typed the command can do something about. */
export type ProblemsOf = (error: unknown) => readonly string[] | undefined;

/** Runs a command; what was wrong with its input (and what `more` knows besides) is told on standard error, one line a problem, with status 2. */
export const telling = async <S extends number>(
  { stderr }: Told,
  command: () => Promise<S>,
  more: ProblemsOf = () => undefined,
): Promise<S | 2> => {
  try {
    return await command();
  } catch (error) {
    const problems = error instanceof InputRefused ? error.problems : more(error);
    if (problems === undefined) throw error;
    for (const problem of problems) stderr.write(`${problem.replaceAll(/\s*\n\s*/g, ' ')}\n`);
    return 2;
  }
};
