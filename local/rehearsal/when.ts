import type { Appointment } from '../../functions/domain/journey/appointment.ts';
import type { Cycle } from '../../functions/domain/journey/cycle.ts';
import type { Task } from '../../functions/domain/journey/task.ts';
import type { Role, TaskKind } from '../../functions/domain/names.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import { type Instant, laterOf } from '../../functions/domain/time/instants.ts';
import { plusLocal } from '../../functions/domain/time/local.ts';
import { plusWorking, type WorkingCalendar } from '../../functions/domain/time/working-hours.ts';

/** What decides when a task is answered if no rule says so. */
export type Timing = {
  readonly task: Pick<Task, 'kind' | 'role' | 'ask'>;
  /** Who has it now, and since when. */
  readonly holder: Role;
  readonly since: Instant;
  readonly program: Program;
  readonly calendar: WorkingCalendar;
  readonly cycle?: Cycle | undefined;
  readonly appointment?: Appointment | undefined;
};

/** Tasks that record an encounter other than a dose: they open when it ends. */
const RECORDS: ReadonlySet<TaskKind> = new Set(['fit-decision', 'record-preparation', 'record-integration']);
const MAY_RECORD: ReadonlySet<TaskKind> = new Set(['follow-up-contact', 'next-step', 'response-review']);

const recordsEncounter = ({ task: { kind }, appointment, since }: Timing): boolean =>
  RECORDS.has(kind) ||
  (MAY_RECORD.has(kind) && appointment !== undefined && appointment.kind !== 'dosing' && since >= appointment.endsAt);

/** How long each step of a dosing day takes; undefined for whatever is not one. */
const onDosingDay = ({ task: { kind }, program: { dosing } }: Timing): string | undefined => {
  if (kind === 'dosing-day-check') return 'PT10M';
  if (kind === 'record-dose') return dosing.duration;
  if (kind === 'discharge') return dosing.observation;
  if (kind === 'home-safe') return 'PT15M';
  return undefined;
};

/** The default time of an answer (rehearsal section 4); undefined if the person never works. */
export const defaultTime = (timing: Timing): Instant | undefined => {
  const { task, holder, since, calendar, cycle } = timing;
  const after = (from: Instant, duration: string) => laterOf(since, plusLocal(from, duration, calendar.zone));
  // Whoever is paged, or asked instead of somebody on call, acts as on call, whatever their role.
  if (holder === 'on-call' || task.role === 'on-call' || task.kind === 'acknowledge-safety')
    return after(since, 'PT2M');
  if (holder !== task.role) return plusWorking(since, 'PT2H', calendar);
  // The screener that an answer called for comes in the same sitting.
  if (task.kind === 'rescreen' && task.ask.about?.startsWith('screener-') === true) return after(since, 'PT5M');
  const step = onDosingDay(timing);
  if (step !== undefined) return after(task.kind === 'record-dose' ? (cycle?.startedAt ?? since) : since, step);
  if (recordsEncounter(timing)) return after(since, 'PT15M');
  return plusWorking(since, 'PT2H', calendar);
};
