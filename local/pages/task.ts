import { html } from 'hono/html';
import * as z from 'zod';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import type { TaskView } from '../../functions/contracts/api/tasks.ts';
import { JsonRecord } from '../../functions/domain/json-record.ts';
import { InputRefused, parseInput } from '../../functions/domain/problems.ts';
import { capital, momentOf, nameOf, type Reader } from '../rehearsal/phrases.ts';
import { plain, ROLE_WORDS, TASK_WORDS } from '../rehearsal/words.ts';
import type { Ask } from './asking.ts';
import { journeyLink } from './board.ts';
import { EMPTY, type Filled, line, refusals } from './fields.ts';
import type { Html } from './layout.ts';
import { fieldsOf, filledRecord, recordFields } from './record-fields.ts';
import { lastScreening, screeningPart } from './screening.ts';

/** A task with the version that its reader has seen. */
export type TaskShown = {
  readonly task: TaskView;
  readonly version: string;
  /** What the screening found, where the task is about that. */
  readonly screening: Awaited<ReturnType<typeof lastScreening>>;
};

type Place = { readonly journeyId: string; readonly number: string };

export const readTask = async (ask: Ask, params: Place): Promise<TaskShown> => {
  const { answer, version = '' } = await ask(OPERATIONS['get-task'], { params });
  return { task: answer, version, screening: await lastScreening(ask, answer) };
};

/** What a form may do to a task. */
const ACTS = { claim: OPERATIONS['claim-task'], release: OPERATIONS['release-task'] } as const;

const Form = z.union([
  z.strictObject({ act: z.enum(['claim', 'release']), version: z.string() }),
  z.strictObject({
    act: z.literal('decide'),
    answer: z.string(),
    reason: z.string(),
    record: z.string(),
    version: z.string(),
    /** The fields of the task's kind. */
    fields: z.record(z.string(), z.string()),
  }),
]);

/** What belongs into the record besides the answer, as JSON; nothing is an empty record. */
const recordOf = (text: string): z.infer<typeof JsonRecord> => {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputRefused(['record: found no JSON; allowed: an object such as {"sbp": 120}'], { cause });
  }
  return parseInput(JsonRecord, value, 'record');
};

/** Does what the form of a task asks for. */
export const takeForm = async (
  ask: Ask,
  params: Place,
  texts: Readonly<Record<string, string>>,
  { zone }: Pick<Reader, 'zone'>,
): Promise<void> => {
  const { kind } = (await ask(OPERATIONS['get-task'], { params })).answer;
  const names = new Set(fieldsOf(kind).map(({ name }) => name));
  const own = (isOwn: boolean) =>
    Object.fromEntries(Object.entries(texts).filter(([name]) => names.has(name) === isOwn));
  const form = parseInput(Form, { ...own(false), ...(texts.act === 'decide' && { fields: own(true) }) }, 'form');
  const { version } = form;
  if (form.act !== 'decide') {
    await ask(ACTS[form.act], { params, version, body: {} });
    return;
  }
  const reason = form.reason.trim() === '' ? null : form.reason.trim();
  const data = { ...filledRecord(kind, form.fields, zone), ...recordOf(form.record) };
  await ask(OPERATIONS['decide-task'], { params, version, body: { answer: form.answer, reason, data } });
};

const decision = ({ task, version }: TaskShown, filled: Filled): Html => html`
  ${refusals(filled)}
  <form method="post">
    <fieldset>
      <legend>Your answer</legend>
      ${task.answers.map(
        (answer) =>
          html`<label><input type="radio" name="answer" value="${answer}" required ${filled.values.answer === answer ? html`checked` : ''} /> ${plain(answer)}</label>`,
      )}
      ${recordFields(task.kind, filled)}
      ${line(filled, { name: 'reason', label: 'Why (needed to override or waive)' })}
      <label
        >What else belongs into the record, as JSON
        <textarea name="record" rows="3" spellcheck="false" placeholder="{}">${filled.values.record ?? ''}</textarea
      ></label>
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
export const taskPage = (shown: TaskShown, reader: Reader, filled: Filled = EMPTY): Html => {
  const { task, screening } = shown;
  const { clinical } = task;
  return html`
    <dl>
      <dt>Journey</dt>
      <dd>${journeyLink(task.journeyId)}</dd>
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
    ${screening === undefined ? '' : screeningPart(screening, reader)}
    ${task.state === 'open' ? decision(shown, filled) : ''}
  `;
};
