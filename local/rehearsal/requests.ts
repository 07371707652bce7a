import * as z from 'zod';
import {
  APPOINTMENT_KINDS,
  COMMAND_ANCHORS,
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  ROLES,
  TASK_KINDS,
  TASKS,
} from '../../functions/domain/names.ts';
import { duration, signedDuration } from '../../functions/domain/program/values.ts';
import { readInstant } from '../../functions/domain/time/instants.ts';

const LONGEST_ID = 60;
const nth = z.int().min(1).max(1000);
/** What somebody says, in as many lines and signs as they like; it reaches the record as it is. */
const words = z.string().min(1).max(20_000);
const personId = z.string().min(1).max(LONGEST_ID);
const data = z.record(z.string(), z.json());

/** A moment with its zone or offset, kept in UTC; a date that the calendar does not have is none. */
export const instant = z
  .stringFormat(
    'instant',
    (text) => readInstant(text) !== undefined,
    'an instant that exists, such as 2026-03-02T09:00:00-08:00',
  )
  .transform((text) => readInstant(text) ?? text);

/** How people answer one kind of task; the first rule that matches counts. */
export const ruleFile = z
  .strictObject({
    task: z.enum(TASK_KINDS),
    occurrence: nth.exactOptional(),
    role: z.enum(ROLES).exactOptional(),
    after: duration.exactOptional(),
    answer: z.string().exactOptional(),
    never: z.boolean().exactOptional(),
    by: personId.exactOptional(),
    reason: words.exactOptional(),
    data: data.default({}),
  })
  .superRefine(({ task, answer }, context) => {
    const options: readonly string[] = TASKS[task].options;
    if (answer === undefined || options.includes(answer)) return;
    const message = `unknown answer "${answer.slice(0, LONGEST_ID)}" to ${task}; one of ${options.join(', ')}`;
    context.addIssue({ code: 'custom', path: ['answer'], message });
  });
export type Rule = z.infer<typeof ruleFile>;

const which = { appointment: z.enum(APPOINTMENT_KINDS).exactOptional(), occurrence: nth.exactOptional() };
const toWhen = z.union([instant, z.strictObject({ shift: signedDuration })]);
const about = z.object(which).catchall(z.json());

/** What is checked here of a command's data; the rest is the product's to accept or refuse. */
const dataOf: Partial<Record<CommandName, z.ZodType<z.infer<typeof data>>>> = {
  'reschedule-appointment': z.object({ ...which, startsAt: toWhen.exactOptional() }).catchall(z.json()),
  'cancel-appointment': about,
  'mark-no-show': about,
  'report-adverse-event': z.object({ grade: z.int().min(1).max(5) }).catchall(z.json()),
};

/** Something that somebody asks of the journey, at an instant or after a recorded end. */
export const commandFile = z
  .strictObject({
    at: instant.exactOptional(),
    after: z.enum(COMMAND_ANCHORS).exactOptional(),
    occurrence: nth.exactOptional(),
    plus: duration.exactOptional(),
    command: z.enum(COMMAND_NAMES),
    by: z.strictObject({ role: z.enum(ROLES), id: personId.exactOptional() }).exactOptional(),
    reason: words.exactOptional(),
    data: data.default({}),
  })
  .superRefine(({ at, after, occurrence, plus, command, data: given }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if ((at === undefined) === (after === undefined)) refuse('needs a time; either "at" or "after"');
    else if (at !== undefined && (occurrence !== undefined || plus !== undefined))
      refuse('"occurrence" and "plus" go with "after", not with "at"');
    const checked = dataOf[command]?.safeParse(given);
    for (const issue of checked?.error?.issues ?? [])
      context.issues.push({ ...issue, input: undefined, path: ['data', ...issue.path] });
  });

/** Fills in what a command leaves out: who gives it (the first role that may), and instants in UTC. */
export const completeCommand = (file: z.infer<typeof commandFile>) => ({
  ...file,
  by: file.by ?? { role: COMMANDS[file.command].by[0] },
  data: dataOf[file.command]?.parse(file.data) ?? file.data,
});
export type Command = ReturnType<typeof completeCommand>;
