import { html } from 'hono/html';
import type * as z from 'zod';
import type { CycleView, MeasureView, SafetyEventView } from '../../functions/contracts/api/care.ts';
import type { RecordView } from '../../functions/contracts/api/journeys.ts';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import type { TaskView } from '../../functions/contracts/api/tasks.ts';
import { measureAsked } from '../../functions/domain/measures/asked.ts';
import type { Measure } from '../../functions/domain/measures/measure.ts';
import type { MeasureId, TaskKind } from '../../functions/domain/names.ts';
import { spelled } from '../../functions/handlers/app/forms/record-words.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { byWhom, capital, momentOf, nameOf, type Reader } from '../rehearsal/phrases.ts';
import { plain, TASK_WORDS } from '../rehearsal/words.ts';
import { type Ask, unlessForbidden } from './asking.ts';
import { rows } from './layout.ts';
import { answersLines } from './recorded.ts';
import { screeningPart } from './screening.ts';

type Cycle = z.infer<typeof CycleView>;

/** A part of the record on which an answer rests. */
type Part = 'screening' | 'measures' | 'doses' | 'safety';

/** What somebody looks at before they answer a kind of task; each look is written down, so no kind has more than it needs. */
const RESTS_ON: Readonly<Partial<Record<TaskKind, readonly Part[]>>> = {
  'screening-review': ['screening', 'measures'],
  'medical-clearance': ['screening', 'measures', 'doses', 'safety'],
  'psychological-clearance': ['screening', 'measures', 'doses', 'safety'],
  'plan-sign-off': ['screening', 'measures'],
  'dose-order': ['measures', 'doses', 'safety'],
  'gate-review': ['screening', 'measures', 'doses'],
  'dosing-day-check': ['doses'],
  'record-dose': ['doses'],
  'complete-readings': ['doses'],
  discharge: ['doses'],
  'next-step': ['measures', 'doses', 'safety'],
  'response-review': ['screening', 'measures', 'doses', 'safety'],
  'acknowledge-safety': ['safety'],
  'safety-decision': ['screening', 'measures', 'doses', 'safety'],
  'safety-follow-up': ['safety'],
  'outcome-summary': ['measures', 'safety'],
};

/** Tasks whose answers are the record of a session, and those that tell how the patient was after it. */
const SESSION: readonly TaskKind[] = ['dose-order', 'record-dose', 'complete-readings', 'discharge'];
const AFTERWARDS: readonly TaskKind[] = ['home-safe', 'next-day-check-in'];

/** What an answer to a task rests on, as far as its reader may see it; a part that it does not rest on is not there. */
export type DecidedOn = {
  readonly record?: RecordView | undefined;
  readonly measures?: readonly z.infer<typeof MeasureView>[] | undefined;
  /** The dose that it is about, or the last one before it with a check-in. */
  readonly cycle?: Cycle | undefined;
  /** The last answer of each kind that is part of a session or tells how the patient was after it, in their order. */
  readonly told?: readonly TaskView[] | undefined;
  readonly safety?: readonly z.infer<typeof SafetyEventView>[] | undefined;
};

type Of = { readonly journeyId: string };

/** The last answers about doses; what was given and read is for fewer than what the patient said afterwards. */
const readTold = async (ask: Ask, params: Of, seesSessions: boolean): Promise<readonly TaskView[]> => {
  const tasks = (await ask(OPERATIONS['list-tasks-of-journey'], { params })).answer.items;
  const wanted = [...(seesSessions ? SESSION : []), ...AFTERWARDS].flatMap((kind) => {
    const answered = tasks.filter((each) => each.kind === kind && each.state === 'decided');
    return answered.toSorted((a, b) => (a.decidedAt ?? '').localeCompare(b.decidedAt ?? '')).slice(-1);
  });
  const told: TaskView[] = [];
  for (const { number } of wanted)
    told.push((await ask(OPERATIONS['get-task'], { params: { ...params, number } })).answer);
  return told.toSorted((a, b) => (a.decidedAt ?? '').localeCompare(b.decidedAt ?? ''));
};

const readDoses = async (
  ask: Ask,
  params: Of,
  about: number | null,
): Promise<Pick<DecidedOn, 'cycle' | 'told'> | undefined> => {
  const cycles = (await unlessForbidden(ask(OPERATIONS['list-cycles'], { params })))?.answer.items;
  if (cycles === undefined) return undefined;
  const begun = cycles.filter(({ checkedInAt }) => checkedInAt !== null);
  const cycle = begun.find(({ number }) => number === about) ?? begun.at(-1);
  // Who does not see the check-in of a session does not see what was given in it.
  const seesSessions = cycle === undefined || cycle.check !== null;
  return { cycle, told: await readTold(ask, params, seesSessions) };
};

/** Reads what an open task is decided on; nothing for who does not see the record, and nothing once it is answered. */
export const readDecidedOn = async (ask: Ask, task: TaskView): Promise<DecidedOn | undefined> => {
  const parts = RESTS_ON[task.kind] ?? [];
  if (task.state !== 'open' || task.clinical === null || parts.length === 0) return undefined;
  const params = { journeyId: task.journeyId };
  const has = (part: Part): boolean => parts.includes(part);
  return {
    record: has('screening') ? (await unlessForbidden(ask(OPERATIONS['get-record'], { params })))?.answer : undefined,
    measures: has('measures')
      ? (await unlessForbidden(ask(OPERATIONS['list-measures'], { params })))?.answer.items
      : undefined,
    ...(has('doses') && (await readDoses(ask, params, task.clinical.cycle))),
    safety: has('safety')
      ? (await unlessForbidden(ask(OPERATIONS['list-safety-events'], { params })))?.answer.items
      : undefined,
  };
};

/** What the page knows of questionnaires. */
type Measures = { readonly measure: (id: MeasureId) => Measure | undefined };

const measureLine = (
  { measure, occurrence, at, total, band }: z.infer<typeof MeasureView>,
  library: Measures,
  reader: Reader,
): Html => {
  const id = measureAsked(measure);
  const instrument = id === undefined ? undefined : library.measure(id);
  return html`${instrument?.title ?? measure} <span class="quiet">(${measure}, ${occurrence})</span>:
    <strong>${total}${instrument === undefined ? '' : ` of ${instrument.max}`}${band === '' ? '' : `, ${spelled(band)}`}</strong>,
    ${momentOf(at, reader)}`;
};

const safetyLine = (each: z.infer<typeof SafetyEventView>, reader: Reader): Html => html`
  ${capital(plain(each.type))}${each.severity === null ? '' : `, grade ${each.severity}`}: ${momentOf(each.openedAt, reader)},
  ${plain(each.source)}; ${each.decision === null ? 'not decided yet' : `${each.decision}${byWhom(each.decidedBy ?? undefined, reader)}`}${each.closedAt === null ? '' : ', closed'}
`;

const toldPart = ({ kind, clinical, decidedAt }: TaskView, reader: Reader): Html => {
  if (clinical === null) return html``;
  const { cycle, answer, by, reason, data } = clinical;
  return html`
    <h3>${capital(TASK_WORDS[kind])}${cycle === null ? '' : `, dose ${cycle}`}</h3>
    <p>
      ${answer === null ? '' : plain(answer)}${by === null ? '' : `, by ${nameOf(by, reader)}`}${decidedAt === null ? '' : `, ${momentOf(decidedAt, reader)}`}
    </p>
    ${reason === null ? '' : html`<pre>${reason}</pre>`}
    ${
      Object.keys(data).length === 0
        ? ''
        : html`<details>
            <summary>What was recorded with it</summary>
            ${answersLines(data, reader)}
          </details>`
    }
  `;
};

const checkInPart = ({ number, check, checkedInAt }: Cycle, reader: Reader): Html =>
  check === null || checkedInAt === null
    ? html``
    : html`<h3>Check-in before dose ${number}</h3>
        <p>${momentOf(checkedInAt, reader)}</p>
        ${answersLines(check, reader)}`;

/** What an answer rests on: the patient's own answers and scores, what was recorded of doses, and what happened besides. */
export const decidedOnPart = (
  { record, measures, cycle, told = [], safety }: DecidedOn,
  library: Measures,
  reader: Reader,
): Html => html`<section aria-labelledby="decided-on">
  <h2 id="decided-on">What this is decided on</h2>
  ${record === undefined ? '' : screeningPart(record, reader)}
  ${
    measures === undefined
      ? ''
      : html`<h3>Questionnaires, the newest first</h3>
          ${rows(
            measures.toSorted((a, b) => b.at.localeCompare(a.at)).map((each) => measureLine(each, library, reader)),
            'None so far.',
          )}`
  }
  ${
    safety === undefined
      ? ''
      : html`<h3>Adverse events and crises, the newest first</h3>
          ${rows(
            safety.toSorted((a, b) => b.openedAt.localeCompare(a.openedAt)).map((each) => safetyLine(each, reader)),
            'None.',
          )}`
  }
  ${cycle === undefined ? '' : checkInPart(cycle, reader)} ${told.map((each) => toldPart(each, reader))}
</section>`;
