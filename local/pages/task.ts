import { html } from 'hono/html';
import * as z from 'zod';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import { type RecordContext, taskData } from '../../functions/contracts/api/task-data.ts';
import type { TaskView } from '../../functions/contracts/api/tasks.ts';
import { measureAsked } from '../../functions/domain/measures/asked.ts';
import { parseInput } from '../../functions/domain/problems.ts';
import { EMPTY, type Filled, line, refusals } from '../../functions/handlers/app/forms/fields.ts';
import { postedRecord } from '../../functions/handlers/app/forms/posted-record.ts';
import { recordFields } from '../../functions/handlers/app/forms/record-fields.ts';
import type { Texts } from '../../functions/handlers/app/forms/record-names.ts';
import { shapeOf } from '../../functions/handlers/app/forms/record-shape.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import type { Library } from '../../functions/stores/journey/desk.ts';
import { capital, momentOf, nameOf, type Reader } from '../rehearsal/phrases.ts';
import { plain, ROLE_WORDS, TASK_WORDS } from '../rehearsal/words.ts';
import type { Ask } from './asking.ts';
import { type DecidedOn, decidedOnPart, readDecidedOn } from './decided-on.ts';
import { journeyLink, type Names, readNames } from './journey-link.ts';

/** A task with the version that its reader has seen. */
export type TaskShown = {
  readonly task: TaskView;
  readonly version: string;
  /** What reads the record that its answer comes with. */
  readonly record: z.ZodObject;
  /** What its answer rests on, as far as the reader may see it. */
  readonly decidedOn: DecidedOn | undefined;
  readonly names: Names;
};

type Place = { readonly journeyId: string; readonly number: string };

/** The clinic's data on which a record may depend; nothing in it is a patient's. */
export type TaskLibrary = Pick<Library, 'program' | 'clinic' | 'care' | 'measure'>;

/** What a task asks for beside its answer, as far as its reader may know what it is about. */
const recordOf = async (ask: Ask, library: TaskLibrary, task: TaskView): Promise<z.ZodObject> => {
  const { journeyId, kind } = task;
  const { program } = (await ask(OPERATIONS['get-journey'], { params: { journeyId } })).answer;
  const about = task.clinical?.about ?? undefined;
  const measure = kind === 'answer-measure' ? measureAsked(about ?? '') : undefined;
  const context: RecordContext = {
    about,
    program: library.program(program),
    clinic: library.clinic(),
    care: library.care(),
    measure: measure === undefined ? undefined : library.measure(measure),
  };
  return taskData(kind, context);
};

export const readTask = async (ask: Ask, library: TaskLibrary, params: Place): Promise<TaskShown> => {
  const { answer, version = '' } = await ask(OPERATIONS['get-task'], { params });
  return {
    task: answer,
    version,
    record: await recordOf(ask, library, answer),
    decidedOn: await readDecidedOn(ask, answer),
    names: await readNames(ask, [answer.journeyId]),
  };
};

/** What a form may do to a task. */
const ACTS = { claim: OPERATIONS['claim-task'], release: OPERATIONS['release-task'] } as const;

const Form = z.discriminatedUnion('act', [
  z.strictObject({ act: z.enum(['claim', 'release']), version: z.string() }),
  z.strictObject({ act: z.literal('decide'), answer: z.string(), reason: z.string(), version: z.string() }),
]);

/** What the fields of the record begin with. */
const RECORD = 'data';
const isOfRecord = (name: string): boolean => name.startsWith(`${RECORD}.`);

/** Does what the form of a task asks for. */
export const takeForm = async (
  ask: Ask,
  library: TaskLibrary,
  params: Place,
  texts: Texts,
  { zone }: Pick<Reader, 'zone'>,
): Promise<void> => {
  const own = Object.fromEntries(Object.entries(texts).filter(([name]) => !isOfRecord(name)));
  const form = parseInput(Form, own, 'form');
  const { version } = form;
  if (form.act !== 'decide') {
    await ask(ACTS[form.act], { params, version, body: {} });
    return;
  }
  // The page alone shows what an answer rests on: each look at that is written down.
  const record = await recordOf(ask, library, (await ask(OPERATIONS['get-task'], { params })).answer);
  const reason = form.reason.trim() === '' ? null : form.reason.trim();
  const data = postedRecord(record, texts, RECORD, zone);
  await ask(OPERATIONS['decide-task'], { params, version, body: { answer: form.answer, reason, data } });
};

const decision = ({ task, version, record }: TaskShown, filled: Filled): Html => html`
  ${refusals(filled)}
  <form method="post">
    <fieldset>
      <legend>Your answer</legend>
      ${task.answers.map(
        (answer) =>
          html`<label><input type="radio" name="answer" value="${answer}" required ${filled.values.answer === answer ? html`checked` : ''} /> ${plain(answer)}</label>`,
      )}
      ${recordFields(filled, RECORD, shapeOf(record))}
      ${line(filled, { name: 'reason', label: 'Why (needed to override or waive)' })}
      <input type="hidden" name="version" value="${version}" />
      <button name="act" value="decide">Answer</button>
    </fieldset>
  </form>
  <form method="post" class="side">
    <input type="hidden" name="version" value="${version}" />
    ${
      task.claimedBy === null
        ? html`<button name="act" value="claim">Take it on</button>`
        : html`<button name="act" value="release">Give it back</button>`
    }
  </form>
`;

export const taskTitle = ({ task }: TaskShown): string => capital(TASK_WORDS[task.kind]);

/** A task with the form to answer it. */
export const taskPage = (
  shown: TaskShown,
  library: Pick<TaskLibrary, 'measure'>,
  reader: Reader,
  filled: Filled = EMPTY,
): Html => {
  const { task, decidedOn, names } = shown;
  const { clinical } = task;
  return html`
    <dl>
      <dt>Journey</dt>
      <dd>${journeyLink(task.journeyId, names)}</dd>
      <dt>Asked</dt>
      <dd>
        ${ROLE_WORDS[task.holder]}${task.assignee === null ? '' : `, ${nameOf(task.assignee, reader)}`}
        ${task.claimedBy === null ? '' : `(taken by ${nameOf(task.claimedBy, reader)})`}
      </dd>
      ${
        task.dueAt === null
          ? ''
          : html`<dt>Due</dt>
              <dd class="${task.overdue ? 'late' : ''}">${momentOf(task.dueAt, reader)}</dd>`
      }
      ${
        clinical === null || clinical.about === null
          ? ''
          : html`<dt>About</dt>
              <dd>${plain(clinical.about)}</dd>`
      }
      ${
        clinical === null || clinical.checks.length === 0
          ? ''
          : html`<dt>Checks</dt>
              <dd>${clinical.checks.join(', ')}</dd>`
      }
      <dt>State</dt>
      <dd>
        ${task.state}${clinical === null || clinical.answer === null ? '' : `: ${plain(clinical.answer)}`}
        ${clinical === null || clinical.by === null ? '' : `, by ${nameOf(clinical.by, reader)}`}
      </dd>
    </dl>
    ${decidedOn === undefined ? '' : decidedOnPart(decidedOn, library, reader)}
    ${task.state === 'open' ? decision(shown, filled) : ''}
  `;
};
