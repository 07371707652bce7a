import * as z from 'zod';

/** Every way in which a request fails, with its HTTP status (RFC 9457). */
export const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request is not as it should be' },
  unauthenticated: { status: 401, title: 'Nobody is signed in' },
  forbidden: { status: 403, title: 'This role may not do this' },
  'not-found': { status: 404, title: 'There is no such thing, or it is not yours to see' },
  'method-not-allowed': { status: 405, title: 'This path does not take this method' },
  refused: { status: 409, title: 'It cannot be done as things stand' },
  'version-past': { status: 412, title: 'Somebody changed it since you looked' },
  'too-large': { status: 413, title: 'The request is too large' },
  'wrong-content-type': { status: 415, title: 'The body is of a type that is not taken' },
  'key-used': { status: 422, title: 'The Idempotency-Key was used for something else' },
  'too-many': { status: 429, title: 'There were too many requests; wait a while' },
  unavailable: { status: 503, title: 'The clinic cannot answer now; ask again' },
  defect: { status: 500, title: 'Something is wrong with the clinic’s software' },
} as const;
export type ProblemName = keyof typeof PROBLEMS;

/** Which problem an error is, by its name; an error that is not listed is a defect. */
export const PROBLEM_OF: Readonly<Record<string, ProblemName>> = {
  InputRefused: 'bad-request',
  NotInLibrary: 'bad-request',
  CursorRefused: 'bad-request',
  TokenRefused: 'unauthenticated',
  Forbidden: 'forbidden',
  NotThere: 'not-found',
  RowMissing: 'not-found',
  Refused: 'refused',
  VersionPast: 'version-past',
  KeyUsed: 'key-used',
  TooLarge: 'too-large',
  WrongContentType: 'wrong-content-type',
  TooMany: 'too-many',
  TableUnavailable: 'unavailable',
  IssuerUnavailable: 'unavailable',
  // Somebody else wrote first, many times in a row.
  WriteRefused: 'unavailable',
  ReadApart: 'unavailable',
};

/** What went wrong, as RFC 9457 has it; `errors` names each path with what was found there and what is allowed. */
export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(z.strictObject({ path: z.string(), problem: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** A problem's document. */
export const problem = (name: ProblemName, more: Pick<Problem, 'detail' | 'errors'> = {}): Problem => ({
  type: `urn:throughline:problem:${name}`,
  ...PROBLEMS[name],
  ...more,
});

/** Lines `path: what is wrong` as the entries of a problem. */
export const errorsOf = (lines: readonly string[]): Problem['errors'] =>
  lines.map((line) => {
    const at = line.indexOf(': ');
    return at === -1 ? { path: '', problem: line } : { path: line.slice(0, at), problem: line.slice(at + 2) };
  });
