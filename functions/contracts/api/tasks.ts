import * as z from 'zod';
import { Task } from '../../domain/journey/task.ts';
import { JsonRecord } from '../../domain/json-record.ts';
import { ROLES } from '../../domain/names.ts';
import { ofJourney } from './journeys.ts';
import { reads, writes } from './operation.ts';
import { everyOne, journeyId, moment, named, none, numbered, page, paging, reason } from './values.ts';

/** A task as everybody sees it who sees the journey. Its number is its name; what it is about may be clinical. */
export const TaskSummary = z
  .strictObject({
    journeyId,
    number: z.int(),
    kind: Task.shape.kind,
    occurrence: z.int(),
    role: Task.shape.role,
    holder: Task.shape.holder,
    assignee: Task.shape.assignee,
    claimedBy: Task.shape.claimedBy,
    state: Task.shape.state,
    opensAt: moment,
    dueAt: moment.nullable(),
    overdue: z.boolean(),
    decidedAt: moment.nullable(),
    appointmentId: Task.shape.appointmentId,
    answers: z.array(z.string()),
  })
  .meta({ id: 'TaskSummary' });
export type TaskSummary = z.infer<typeof TaskSummary>;

/** One task; `clinical` is null for who neither treats the patient nor is asked. */
export const TaskView = z
  .strictObject({
    ...TaskSummary.shape,
    clinical: z
      .strictObject({
        about: z.string().nullable(),
        cycle: z.int().nullable(),
        checks: z.array(z.string()),
        answer: Task.shape.answer,
        by: Task.shape.by,
        reason: Task.shape.reason,
        data: JsonRecord,
      })
      .nullable(),
  })
  .meta({ id: 'Task' });
export type TaskView = z.infer<typeof TaskView>;

export const ofTask = z.strictObject({ journeyId, number: numbered });

/** Who has a task after it was taken on, given back or handed on. */
export const Taken = z.strictObject({ assignee: z.string().nullable() });
/** The answer that stands, and whose it is. */
export const Decision = z.strictObject({ answer: z.string(), by: z.string() });

export const taskOperations = {
  'list-tasks': reads({
    path: '/v1/tasks',
    summary: 'Open tasks by when they are due: mine, of a role, or both together; only the overdue ones if asked.',
    params: none,
    query: z.strictObject({
      ...paging,
      mine: z.literal('true').optional(),
      role: z.enum(ROLES).optional(),
      overdue: z.literal('true').optional(),
    }),
    answer: page(TaskSummary),
  }),
  'list-tasks-of-journey': reads({
    path: '/v1/journeys/{journeyId}/tasks',
    summary: 'Every task of a journey, done and to be done.',
    params: ofJourney,
    query: none,
    answer: everyOne(TaskSummary),
  }),
  'get-task': reads({
    path: '/v1/journeys/{journeyId}/tasks/{number}',
    summary: 'One task, with its version in ETag.',
    params: ofTask,
    query: none,
    answer: TaskView,
  }),
  'claim-task': writes({
    path: '/v1/journeys/{journeyId}/tasks/{number}/claim',
    summary: 'Takes a task on; of two who do, the first has it.',
    params: ofTask,
    query: none,
    body: none,
    answer: Taken,
    repeating: 'by-itself',
    ifMatch: true,
  }),
  'release-task': writes({
    path: '/v1/journeys/{journeyId}/tasks/{number}/release',
    summary: 'Gives a task back.',
    params: ofTask,
    query: none,
    body: none,
    answer: Taken,
    repeating: 'by-itself',
    ifMatch: true,
  }),
  'reassign-task': writes({
    path: '/v1/journeys/{journeyId}/tasks/{number}/reassign',
    summary: 'Hands a task to a colleague who may answer it.',
    params: ofTask,
    query: none,
    body: z.strictObject({ to: named }),
    answer: Taken,
    repeating: 'by-itself',
    ifMatch: true,
  }),
  'decide-task': writes({
    path: '/v1/journeys/{journeyId}/tasks/{number}/decision',
    summary: 'Answers a task. What follows from the answer is written with it; the same answer again is the first one.',
    params: ofTask,
    query: none,
    body: z.strictObject({
      answer: z
        .string()
        .regex(/^[a-z]+(-[a-z]+)*$/)
        .max(60),
      reason: reason.nullable().default(null),
      data: JsonRecord.default({}),
    }),
    answer: Decision,
    repeating: 'by-itself',
    ifMatch: true,
  }),
} as const;
