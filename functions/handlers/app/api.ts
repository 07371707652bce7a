import type { Context, Hono } from 'hono';
import { PUBLIC_LIMITS } from '../../contracts/api/limits.ts';
import type { noteOperations } from '../../contracts/api/notes.ts';
import { openApiDocument } from '../../contracts/api/openapi.ts';
import type { Operation } from '../../contracts/api/operation.ts';
import { OPERATIONS, RECORD_OPERATIONS } from '../../contracts/api/operations.ts';
import type { Viewer } from '../../domain/law/reach.ts';
import { ROLES } from '../../domain/names.ts';
import { application, onlyBy, signedIn } from './application.ts';
import { appointmentRoutes } from './appointments.ts';
import { careRoutes } from './care.ts';
import { clinicRoutes } from './clinic.ts';
import { commandRoutes } from './commands.ts';
import type { ApiDeps } from './deps.ts';
import { TooMany } from './errors.ts';
import { exportRoutes } from './export.ts';
import { journeyRoutes } from './journeys.ts';
import { linkRoutes } from './links/routes.ts';
import type { Route } from './route.ts';
import { statisticsRoutes } from './statistics.ts';
import { taskRoutes } from './tasks.ts';

/** The operations on notes, where the same application serves them: on AWS a function of its own does (ADR 0022). */
type NoteRoutes = Readonly<Record<keyof typeof noteOperations, Route>>;

/** The whole API as one application: the same behind API Gateway and behind Node's own server. */
export const api = (deps: ApiDeps, notes?: NoteRoutes): Hono => {
  const reads = { ...journeyRoutes(deps), ...careRoutes(deps), ...commandRoutes(deps), ...appointmentRoutes(deps) };
  const routes: Readonly<Record<keyof typeof RECORD_OPERATIONS, Route>> = {
    ...reads,
    ...clinicRoutes(deps),
    ...taskRoutes(deps),
    ...exportRoutes(deps, reads),
    ...statisticsRoutes(deps),
  };
  const person = signedIn(deps.tokens);
  const whoAsks = async (context: Context, operation: Operation): Promise<Viewer> => {
    const { limit } = operation;
    if (limit === null) return person(context, operation);
    // Nobody in particular, as long as they do not come too often.
    const retryAfter = await deps.limits.take({ what: limit, who: deps.clientOf(context), ...PUBLIC_LIMITS[limit] });
    if (retryAfter !== undefined) throw new TooMany(retryAfter);
    return { id: '', roles: ROLES, practice: null };
  };
  const app =
    notes === undefined
      ? application(RECORD_OPERATIONS, routes, whoAsks)
      : application(OPERATIONS, { ...routes, ...notes }, whoAsks);
  // Made when it is first asked for, which few processes are: it would take a third of the time to the first answer.
  let document: string | undefined;
  app.get('/v1/openapi.json', (context) => {
    document ??= JSON.stringify(openApiDocument());
    return context.body(document, 200, { 'Content-Type': 'application/json' });
  });
  app.all('/v1/openapi.json', onlyBy(['GET', 'HEAD']));
  app.route('/', linkRoutes(deps));
  return app;
};
