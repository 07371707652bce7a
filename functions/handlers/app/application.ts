import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Operation } from '../../contracts/api/operation.ts';
import type { OperationName } from '../../contracts/api/operations.ts';
import { errorsOf, PROBLEM_OF, PROBLEMS, type ProblemName, problem } from '../../contracts/api/problem.ts';
import { mayUse, RIGHTS } from '../../contracts/api/rights.ts';
import type { Viewer } from '../../domain/law/reach.ts';
import { keysOf } from '../../domain/names.ts';
import { InputRefused } from '../../domain/problems.ts';
import { log } from '../../runtime/logger.ts';
import { STORAGE_TROUBLES, storageTrouble } from '../../stores/storage-trouble.ts';
import type { Tokens } from './deps.ts';
import { Forbidden, TooLarge, TooMany } from './errors.ts';
import { bearerOf, bodyOf, keyOf, queryOf, versionOf } from './request.ts';
import type { Route } from './route.ts';

/** The largest body that is taken, in bytes. */
const LARGEST_BODY = 100_000;

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

const refuse = (
  context: Context,
  name: ProblemName,
  more: Parameters<typeof problem>[1] = {},
  retryAfter?: number,
): Response =>
  context.body(JSON.stringify(problem(name, more)), PROBLEMS[name].status, {
    'Content-Type': 'application/problem+json',
    ...(name === 'unauthenticated' && { 'WWW-Authenticate': 'Bearer' }),
    ...(name === 'unavailable' && { 'Retry-After': '1' }),
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
  });

/** An error as its problem; what nobody expected says nothing but that it happened, since it may name facts. */
const refusal = (context: Context, error: Error, operation: string): Response => {
  const trouble = storageTrouble(error);
  const name = PROBLEM_OF[error.name] ?? (trouble === undefined ? 'defect' : 'unavailable');
  if (name === 'defect' || name === 'unavailable') {
    log('error', 'failed', { name: operation, error: error.name });
    return refuse(context, name, trouble === undefined ? {} : { detail: STORAGE_TROUBLES[trouble] });
  }
  if (error instanceof TooMany) return refuse(context, name, {}, error.retryAfter);
  if (error instanceof InputRefused) return refuse(context, name, { errors: errorsOf(error.problems) });
  if (name === 'bad-request' || name === 'key-used')
    return refuse(context, name, { errors: errorsOf([error.message]) });
  return refuse(context, name, error.message === '' || name === 'not-found' ? {} : { detail: error.message });
};

/** `/a/{b}` as Hono writes it. */
const pathOf = ({ path }: Operation): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Says which methods a path takes, to who asked with another. */
export const onlyBy =
  (allowed: readonly string[]) =>
  (context: Context): Response => {
    context.header('Allow', allowed.join(', '));
    return refuse(context, 'method-not-allowed', { detail: `${allowed.join(', ')}` });
  };

/** Who a request comes from; rejects where nobody in particular may not ask. */
type WhoAsks = (context: Context, operation: Operation) => Promise<Viewer>;

/** The person of a request's token. */
export const signedIn =
  (tokens: Tokens): WhoAsks =>
  (context) =>
    tokens.verify(bearerOf(context.req.header('Authorization')));

/** These operations as one application: what a request has to be, who may ask it, and how each failure is answered. */
export const application = <N extends OperationName>(
  operations: Readonly<Record<N, Operation>>,
  routes: Readonly<Record<N, Route>>,
  whoAsks: WhoAsks,
): Hono => {
  const app = new Hono();

  // Before the answer, which is then made once; the pages of links set headers of their own in their place.
  app.use((context, next) => {
    for (const header of keysOf(HEADERS)) context.header(header, HEADERS[header]);
    return next();
  });
  const tooLarge = (): never => {
    throw new TooLarge(`a body has at most ${LARGEST_BODY} bytes`);
  };
  const counted = bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge });
  // A body that says how long it is need not be read as a stream, which costs more than the rest of the way here.
  app.post('*', (context, next) => {
    const length = context.req.header('Content-Length');
    if (length === undefined || context.req.header('Transfer-Encoding') !== undefined) return counted(context, next);
    return Number(length) > LARGEST_BODY ? tooLarge() : next();
  });

  const serve = (name: N, operation: Operation) => async (context: Context) => {
    const viewer = await whoAsks(context, operation);
    if (!mayUse(viewer.roles, name)) throw new Forbidden(`${name} is for ${RIGHTS[name].join(', ')}`);
    const reply = await routes[name]({
      operation: name,
      viewer,
      key: keyOf(operation, context.req.header('Idempotency-Key')),
      version: versionOf(operation, context.req.header('If-Match')),
      params: context.req.param(),
      query: queryOf(context.req.url),
      body: operation.method === 'get' ? undefined : await bodyOf(context.req.raw),
    });
    return context.json(reply.answer, 200, reply.version === undefined ? {} : { ETag: `"${reply.version}"` });
  };

  const methods = new Map<string, string[]>();
  for (const name of keysOf(operations)) {
    const operation = operations[name];
    const path = pathOf(operation);
    app.on(operation.method.toUpperCase(), path, serve(name, operation));
    methods.set(path, [...(methods.get(path) ?? []), ...(operation.method === 'get' ? ['GET', 'HEAD'] : ['POST'])]);
  }
  for (const [path, allowed] of methods) app.all(path, onlyBy(allowed));
  app.notFound((context) => refuse(context, 'not-found'));
  app.onError((error, context) => refusal(context, error, context.req.routePath));
  return app;
};
