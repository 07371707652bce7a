import { html } from 'hono/html';
import type * as z from 'zod';
import type { AppointmentView } from '../../functions/contracts/api/appointments.ts';
import type { CycleView } from '../../functions/contracts/api/care.ts';
import type { Event, JourneyView } from '../../functions/contracts/api/journeys.ts';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import type { TaskSummary } from '../../functions/contracts/api/tasks.ts';
import { PHASES } from '../../functions/domain/names.ts';
import { localTime } from '../../functions/domain/time/local.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import { capital, dayOf, momentOf, nameOf, type Reader } from '../rehearsal/phrases.ts';
import { APPOINTMENT_WORDS, PHASE_WORDS, plain } from '../rehearsal/words.ts';
import { type Ask, unlessForbidden } from './asking.ts';
import { taskLine } from './board.ts';
import { rows } from './layout.ts';
import { seriesDrawing } from './series.ts';

/** One journey, as far as its reader may see it. */
export type JourneyShown = {
  readonly journey: JourneyView;
  readonly appointments: readonly AppointmentView[];
  readonly tasks: readonly TaskSummary[];
  /** Empty for who does not see them. */
  readonly cycles: readonly z.infer<typeof CycleView>[];
  readonly events: readonly Event[];
  /** Where older events go on. */
  readonly older: string | null;
};

/** Some see doses only of patients whom they treat. */
const readCycles = async (
  ask: Ask,
  may: (operation: string) => boolean,
  journeyId: string,
): Promise<JourneyShown['cycles']> => {
  if (!may('list-cycles')) return [];
  return (await unlessForbidden(ask(OPERATIONS['list-cycles'], { params: { journeyId } })))?.answer.items ?? [];
};

/** Reads a journey and a page of what happened on it, the newest first. */
export const readJourney = async (
  ask: Ask,
  may: (operation: string) => boolean,
  journeyId: string,
  cursor: string | undefined,
): Promise<JourneyShown> => {
  const params = { journeyId };
  const paged = { order: 'newest', limit: '60', ...(cursor !== undefined && { cursor }) };
  const { items, next } = (await ask(OPERATIONS['list-events'], { params, query: paged })).answer;
  return {
    journey: (await ask(OPERATIONS['get-journey'], { params })).answer,
    appointments: (await ask(OPERATIONS['list-appointments-of-journey'], { params })).answer.items,
    tasks: (await ask(OPERATIONS['list-tasks-of-journey'], { params })).answer.items,
    cycles: await readCycles(ask, may, journeyId),
    events: items,
    older: next,
  };
};

/** The phases in order, with the one in which the journey is. */
const way = ({ phase, state }: JourneyView): Html => {
  const at = state === 'closed' ? PHASES.length : phase === null ? -1 : PHASES.indexOf(phase);
  return html`<ol class="way" aria-label="Where the journey stands">
    ${PHASES.map((each, index) =>
      index === at
        ? html`<li aria-current="step">${PHASE_WORDS[each]}</li>`
        : html`<li class="${index < at ? 'done' : ''}">${PHASE_WORDS[each]}</li>`,
    )}
  </ol>`;
};

const appointmentLine = (each: AppointmentView, reader: Reader): Html =>
  html`${capital(APPOINTMENT_WORDS[each.kind])} ${each.occurrence}: ${momentOf(each.startsAt, reader)} to
    ${localTime(each.endsAt, reader.zone)}
    <span class="quiet">${each.practitioners.map((id) => nameOf(id, reader)).join(', ')} – ${each.state}</span>`;

/** What an event is about, and what became of it: the fields that its kind has for that. */
const SUBJECTS = ['task', 'appointment', 'message', 'gate', 'phase', 'command', 'measure', 'partner', 'step', 'reason'];
const RESULTS = ['event', 'answer', 'result', 'disposition', 'outcome', 'band', 'class', 'by'];

const wordsOf = (event: Event, fields: readonly string[]): string[] =>
  fields.flatMap((field) => {
    const value = event[field];
    return typeof value === 'string' ? [plain(value)] : [];
  });

const eventLine = (event: Event, reader: Reader): Html => {
  const subjects = wordsOf(event, SUBJECTS).slice(0, 1);
  const what =
    subjects[0] === plain(event.kind) ? [capital(plain(event.kind))] : [capital(plain(event.kind)), ...subjects];
  return html`<time datetime="${event.at}">${dayOf(event.at, reader.zone)} ${localTime(event.at, reader.zone)}</time>
    ${what.join(', ')}: ${wordsOf(event, RESULTS).join(', ')}
    ${event.kind === 'message' && typeof event.text === 'string' ? html`<pre>${event.text}</pre>` : ''}`;
};

const nameOfPatient = ({ contact, id }: JourneyView): string => contact?.firstName ?? id;

export const journeyTitle = ({ journey }: JourneyShown): string => `Journey of ${nameOfPatient(journey)}`;

/** A journey: where it stands, what is open, and what happened. */
export const journeyPage = (
  { journey, appointments, tasks, cycles, events, older }: JourneyShown,
  may: (operation: string) => boolean,
  reader: Reader,
): Html => {
  const open = tasks.filter(({ state }) => state === 'open');
  const outcome = journey.clinical?.outcome ?? null;
  const holds = journey.clinical?.holds ?? [];
  return html`
    ${way(journey)} ${seriesDrawing(cycles, journey.clinical?.dosesPlanned ?? null, reader)}
    <dl>
      <dt>Program</dt>
      <dd>${journey.program.id}, version ${journey.program.version}</dd>
      <dt>Since</dt>
      <dd>${momentOf(journey.requestedAt, reader)}; in this phase since ${momentOf(journey.phaseSince, reader)}</dd>
      <dt>Therapist</dt>
      <dd>${journey.therapist === null ? 'not yet' : nameOf(journey.therapist, reader)}</dd>
      ${
        journey.onHold
          ? html`<dt>On hold</dt>
              <dd>${holds.length === 0 ? 'yes' : holds.map(({ reason }) => plain(reason)).join(', ')}</dd>`
          : ''
      }
      ${
        outcome === null
          ? ''
          : html`<dt>Outcome</dt>
              <dd>${plain(outcome.kind)}: ${outcome.reason}</dd>`
      }
    </dl>
    <div class="columns">
      <section>
        <h2>Open tasks</h2>
        ${rows(
          open.map((task) => taskLine(task, reader)),
          'Nothing is open.',
        )}
      </section>
      <section>
        <h2>Appointments</h2>
        ${rows(
          appointments.toReversed().map((each) => appointmentLine(each, reader)),
          'None so far.',
        )}
      </section>
    </div>
    ${may('list-notes') ? html`<p><a href="/journeys/${journey.id}/notes">Notes</a> lie apart from the record.</p>` : ''}
    <h2>What happened, the newest first</h2>
    ${rows(
      events.map((event) => eventLine(event, reader)),
      'Nothing yet.',
    )}
    ${older === null ? '' : html`<p><a href="/journeys/${journey.id}?older=${older}">Older</a></p>`}
  `;
};
