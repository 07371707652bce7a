import type { Params } from '../../contracts/api/operations.ts';
import { taskOperations } from '../../contracts/api/tasks.ts';
import type { Task } from '../../domain/journey/task.ts';
import { ANSWERS } from '../../domain/law/entry-seen.ts';
import type { Viewer } from '../../domain/law/reach.ts';
import { ROLES, type Role, TASKS } from '../../domain/names.ts';
import { InputRefused } from '../../domain/problems.ts';
import { mayAnswer } from '../../domain/tasks/answers.ts';
import type { TaskAct } from '../../domain/tasks/taking.ts';
import type { From, Kept } from '../../stores/reading-store.ts';
import { actingAs } from './acting.ts';
import { decide } from './deciding.ts';
import type { ApiDeps } from './deps.ts';
import { NotThere, Refused } from './errors.ts';
import { listing } from './listing.ts';
import { looking } from './looking.ts';
import { pageOf } from './paging.ts';
import { type Asking, type Route, route } from './route.ts';
import { taskFor, taskSummary } from './task-views.ts';

/** Finding, taking and answering tasks. */
export const taskRoutes = (deps: ApiDeps) => {
  const { journeys, reading, library, now } = deps;
  const look = looking(deps);
  const list = listing(deps);

  const find = async (asked: Asking & { params: Params<'get-task'> }): Promise<Kept<Task>> => {
    const { journeyId, number } = asked.params;
    await look.reach(asked, journeyId);
    const kept = await reading.taskAt(journeyId, number);
    if (kept === undefined) throw new NotThere();
    return kept;
  };

  /** Whose tasks somebody looks at: their own and their practice's, or those of everybody in it. */
  const peopleOf = ({ id, practice }: Viewer, mine: boolean): string[] => {
    const others = library.clinic().practitioners.filter(({ partner }) => !mine && partner === practice);
    return practice === null ? [id] : [...new Set([id, practice, ...others.map((person) => person.id)])];
  };

  const take = async (
    act: TaskAct,
    to: string | null,
    asked: Asking & { params: Params<'get-task'> },
  ): Promise<{ answer: { assignee: string | null } }> => {
    const kept = await find(asked);
    const { journeyId, id: taskId } = kept.value;
    const may: readonly Role[] = act === 'claim' ? mayAnswer(kept.value) : [...mayAnswer(kept.value), ...ROLES];
    const by = actingAs(asked.viewer, may, `to ${act} it`);
    const taken = await journeys.takeTask({ journeyId, taskId, act, by, to, version: asked.version });
    if (!taken.accepted) throw new Refused(taken.reason);
    return { answer: { assignee: taken.assignee } };
  };

  return {
    'list-tasks': route(taskOperations['list-tasks'], async (asked) => {
      const { viewer, query } = asked;
      const { cursor: _cursor, limit: _limit, ...filters } = query;
      const until = query.overdue === undefined ? undefined : now();
      const roles = query.role !== undefined ? [query.role] : viewer.roles;
      // A role of a practice has no list of its own: its people's tasks are theirs alone.
      const isByPerson = query.mine !== undefined || viewer.practice !== null;
      const people = peopleOf(viewer, query.mine !== undefined);
      const read = isByPerson
        ? (n: number, place: From) => reading.tasksOfPerson(people[n] ?? viewer.id, until, place)
        : (n: number, place: From) => reading.tasksHeldBy(roles[n] ?? 'coordinator', until, place);
      const held: readonly Role[] | undefined =
        query.mine !== undefined && query.role === undefined ? undefined : roles;
      const answer = await list(asked, query, filters, (from) =>
        pageOf(isByPerson ? people.length : roles.length, from, read, async ({ value: task }) => {
          const summary = taskSummary(task, now());
          const isWanted =
            (held === undefined || held.includes(task.holder)) && (query.overdue === undefined || summary.overdue);
          return isWanted && (await look.isThere(viewer, task.journeyId)) ? summary : undefined;
        }),
      );
      return { answer };
    }),

    'list-tasks-of-journey': route(taskOperations['list-tasks-of-journey'], async (asked) => {
      const { journeyId } = asked.params;
      await look.reach(asked, journeyId);
      const tasks = (await reading.tasksOf(journeyId)).map(({ value }) => value).sort((a, b) => a.number - b.number);
      return { answer: { items: tasks.map((task) => taskSummary(task, now())) } };
    }),

    'get-task': route(taskOperations['get-task'], async (asked) => {
      const kept = await find(asked);
      const seen = await look.at(asked, asked.params.journeyId);
      const task = kept.value;
      if (seen.sees(ANSWERS)) await look.note(asked, seen, [ANSWERS]);
      return { version: kept.version, answer: taskFor(task, asked.viewer, seen.sees, now()) };
    }),

    'claim-task': route(taskOperations['claim-task'], (asked) => take('claim', null, asked)),
    'release-task': route(taskOperations['release-task'], (asked) => take('release', null, asked)),
    'reassign-task': route(taskOperations['reassign-task'], (asked) => take('reassign', asked.body.to, asked)),

    'decide-task': route(taskOperations['decide-task'], async (asked) => {
      const kept = await find(asked);
      const { journeyId, id: taskId, kind } = kept.value;
      const { answer, reason, data } = asked.body;
      const options: readonly string[] = TASKS[kind].options;
      if (!options.includes(answer))
        throw new InputRefused([`body.answer: ${kind} has no such answer; one of ${options.join(', ')}`]);
      const by = actingAs(asked.viewer, mayAnswer(kept.value), `to answer ${kind}`);
      const given = { journeyId, taskId, answer, by, reason, data, version: asked.version };
      return { answer: await decide(journeys, given) };
    }),
  } satisfies Record<keyof typeof taskOperations, Route>;
};
