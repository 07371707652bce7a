import { errorsOf } from '../../functions/contracts/api/problem.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import type { Filled } from '../../functions/handlers/app/forms/fields.ts';
import { NotDone } from './asking.ts';

/** The fields of a form that hold text. */
export const textsOf = (fields: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

/** A form as it was filled in, with what was wrong with it; throws what is not about the form. */
export const filledAgain = (error: unknown, values: Record<string, string>): Filled => {
  if (error instanceof InputRefused) return { values, problems: errorsOf(error.problems) ?? [] };
  if (!(error instanceof NotDone)) throw error;
  const { status, title, detail, errors } = error.problem;
  if (![400, 409, 412, 422].includes(status)) throw error;
  return { values, problems: errors ?? [{ path: '', problem: detail ?? title }] };
};
