import { InputRefused } from '../../functions/domain/problems.ts';
import { TableUnavailable } from '../../functions/stores/table.ts';
import { type Check, type Finding, notKnown, toDo } from './finding.ts';

const said = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** How an emulator says that it has no such service or operation. */
const UNHEARD_OF =
  /^(Unknown(Error|Operation(Exception)?)?|InvalidAction|NotImplemented(Exception)?|UnsupportedOperation(Exception)?)$/;

const isUnheardOf = (error: unknown): boolean =>
  error instanceof Error && (UNHEARD_OF.test(error.name) || error instanceof SyntaxError);

/**
 * Asks one check. What cannot be asked is something to do, with the service's own words: a permission, a region, a name.
 * What an emulator has never heard of says nothing of the clinic: there it is not known.
 */
export const ask = async (check: Check, { emulated }: { readonly emulated: boolean }): Promise<readonly Finding[]> => {
  try {
    return await check.look();
  } catch (error) {
    if (error instanceof InputRefused) return error.problems.map(toDo);
    const cause = error instanceof TableUnavailable ? error.cause : error;
    return [
      emulated && isUnheardOf(cause)
        ? notKnown('this emulator knows nothing of it')
        : toDo(`could not be asked (${said(cause)})`),
    ];
  }
};
