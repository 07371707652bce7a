import { html } from 'hono/html';
import type { AppointmentView } from '../../functions/contracts/api/appointments.ts';
import type { JourneySummary } from '../../functions/contracts/api/journeys.ts';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import type { TaskSummary } from '../../functions/contracts/api/tasks.ts';
import { ROLES, type Role, type TaskKind } from '../../functions/domain/names.ts';
import { plus } from '../../functions/domain/time/instants.ts';
import { localDate, localTime } from '../../functions/domain/time/local.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { capital, momentOf, nameOf, type Reader } from '../rehearsal/phrases.ts';
import { APPOINTMENT_WORDS, PHASE_WORDS, ROLE_WORDS, TASK_WORDS } from '../rehearsal/words.ts';
import type { Ask } from './asking.ts';
import { journeyLink, type Names, readNames } from './journey-link.ts';
import { rows } from './layout.ts';

/** What a board has to say, as far as its reader may see it. */
export type Board = {
  readonly today: readonly AppointmentView[];
  readonly closing: readonly JourneySummary[];
  /** Up to a hundred of those that have not ended. */
  readonly journeys: readonly JourneySummary[];
  readonly tasks: readonly { readonly role: Role; readonly open: readonly TaskSummary[] }[];
  readonly names: Names;
};

const SAFETY: ReadonlySet<TaskKind> = new Set(['acknowledge-safety', 'safety-decision', 'safety-follow-up']);
/** A window that closes within so long is somebody's work today or tomorrow. */
const SOON = 'PT48H';
const WHOLE = { limit: '100' };

/** Reads the board; what the reader's roles do not see stays empty. */
export const readBoard = async (
  ask: Ask,
  may: (name: string) => boolean,
  now: string,
  reader: Reader,
): Promise<Board> => {
  const journeys = async (query: Record<string, string>): Promise<readonly JourneySummary[]> =>
    may('list-journeys')
      ? (await ask(OPERATIONS['list-journeys'], { query: { ...WHOLE, ...query } })).answer.items
      : [];
  const tasks: { role: Role; open: readonly TaskSummary[] }[] = [];
  if (may('list-tasks'))
    for (const role of ROLES) {
      const { answer } = await ask(OPERATIONS['list-tasks'], { query: { ...WHOLE, role } });
      if (answer.items.length > 0) tasks.push({ role, open: answer.items });
    }
  const date = localDate(now, reader.zone);
  const today = may('list-appointments')
    ? (await ask(OPERATIONS['list-appointments'], { query: { ...WHOLE, date } })).answer.items
    : [];
  const closing = await journeys({ windowClosesBefore: plus(now, SOON) });
  const standing = (await journeys({})).filter(({ state }) => state !== 'closed');
  const names = await readNames(ask, [
    ...[...closing, ...standing].map(({ id }) => id),
    ...[...today, ...tasks.flatMap(({ open }) => open)].map(({ journeyId }) => journeyId),
  ]);
  return { today, closing, journeys: standing, tasks, names };
};

/** One open task as a line that leads to it, and to its journey unless the page is that journey's. */
export const taskLine = (task: TaskSummary, reader: Reader, names?: Names): Html =>
  html`<a href="/journeys/${task.journeyId}/tasks/${task.number}">${capital(TASK_WORDS[task.kind])}</a>
    ${names === undefined ? '' : html`for ${journeyLink(task.journeyId, names)}`}
    ${task.dueAt === null ? '' : html`<span class="${task.overdue ? 'late' : 'quiet'}">${task.overdue ? 'overdue since' : 'due'} ${momentOf(task.dueAt, reader)}</span>`}
    ${task.claimedBy === null ? '' : html`<span class="quiet">taken by ${nameOf(task.claimedBy, reader)}</span>`}`;

const journeyLine = (
  { id, program, phase, phaseSince, onHold, paused }: JourneySummary,
  reader: Reader,
  names: Names,
): Html => {
  const where = phase === null ? 'new' : PHASE_WORDS[phase].toLowerCase();
  const since = `${where} since ${momentOf(phaseSince, reader)}`;
  const words = [program.id, since, ...(onHold ? ['on hold'] : []), ...(paused ? ['paused'] : [])];
  return html`${journeyLink(id, names)} <span class="quiet">${words.join(', ')}</span>`;
};

const appointmentLine = (each: AppointmentView, reader: Reader, names: Names): Html =>
  html`${localTime(each.startsAt, reader.zone)} to ${localTime(each.endsAt, reader.zone)}
    ${APPOINTMENT_WORDS[each.kind]}, ${journeyLink(each.journeyId, names)}
    <span class="quiet"
      >${each.practitioners.map((id) => nameOf(id, reader)).join(', ')}${each.room === null ? '' : `, ${each.room}`} –
      ${each.state}</span
    >`;

/** The clinic at a glance. */
export const boardPage = ({ today, closing, journeys, tasks, names }: Board, reader: Reader): Html => {
  const lines = (which: readonly JourneySummary[]) => which.map((each) => journeyLine(each, reader, names));
  const safety = tasks.flatMap(({ open }) => open.filter(({ kind }) => SAFETY.has(kind)));
  return html`
    <h2>Safety</h2>
    ${rows(
      safety.map((task) => taskLine(task, reader, names)),
      'No safety event is open.',
    )}
    <div class="columns">
      <section>
        <h2>Today</h2>
        ${rows(
          today.map((each) => appointmentLine(each, reader, names)),
          'Nothing is booked for today.',
        )}
      </section>
      <section>
        <h2>Windows that close within two days</h2>
        ${rows(lines(closing), 'None.')}
        <h2>On hold or paused</h2>
        ${rows(lines(journeys.filter(({ onHold, paused }) => onHold || paused)), 'Nobody.')}
      </section>
    </div>
    <h2>Tasks</h2>
    ${tasks.length === 0 ? html`<p class="quiet">Nothing is open.</p>` : ''}
    <div class="columns">
      ${tasks.map(
        ({ role, open }) =>
          html`<section>
            <h3>${ROLE_WORDS[role]}</h3>
            ${rows(
              open.map((task) => taskLine(task, reader, names)),
              '',
            )}
          </section>`,
      )}
    </div>
    <h2>Journeys</h2>
    ${rows(lines(journeys), 'None so far.')}
  `;
};
