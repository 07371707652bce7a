import type { Appointment } from '../../functions/domain/journey/appointment.ts';
import type { Cycle } from '../../functions/domain/journey/cycle.ts';
import type { Journey } from '../../functions/domain/journey/journey.ts';
import type { Task } from '../../functions/domain/journey/task.ts';
import { type Role, TASKS } from '../../functions/domain/names.ts';
import { type Instant, laterOf, readInstant } from '../../functions/domain/time/instants.ts';
import { plusLocal } from '../../functions/domain/time/local.ts';
import { answerData } from './answer-data.ts';
import type { Data, Person } from './engine.ts';
import type { Rule } from './requests.ts';
import { ruleFor } from './rules.ts';
import type { Scenario } from './scenario.ts';
import { defaultTime } from './when.ts';
import { hoursOf, personFor, personNamed } from './who.ts';

/** A task that somebody has to answer, with all that bears on how they do. */
export type Situation = {
  readonly scenario: Pick<Scenario, 'program' | 'clinic' | 'patient' | 'people'>;
  readonly task: Task;
  /** Who has the task now, and since when: its own role since it opened, or the rung that it climbed to. */
  readonly holder: Role;
  readonly since: Instant;
  readonly journey?: Journey | undefined;
  readonly cycle?: Cycle | undefined;
  readonly appointment?: Appointment | undefined;
  /** How often each measure has been taken so far. */
  readonly administrations: ReadonlyMap<string, number>;
};

/** What somebody will answer, and when. */
export type PlannedAnswer = {
  readonly at: Instant;
  readonly answer: string;
  readonly by: Person;
  readonly reason: string | undefined;
  readonly data: Data;
  readonly rule: Rule | undefined;
};

const NEEDS_REASON: ReadonlySet<string> = new Set(['overridden', 'waived']);

const timeOf = (situation: Situation, by: Person, rule: Rule | undefined): Instant | undefined => {
  const { scenario, task, holder, since, journey } = situation;
  const zone = journey?.zone ?? scenario.patient.zone;
  if (rule?.after !== undefined) return plusLocal(since, rule.after, zone);
  const calendar = hoursOf(by, scenario.clinic, zone);
  const at = defaultTime({ ...situation, task, holder, since, calendar, program: scenario.program });
  // Nobody records an end that still lies ahead.
  const ended = task.kind === 'record-dose' ? rule?.data.endedAt : undefined;
  const recorded = typeof ended === 'string' ? readInstant(ended) : undefined;
  return at !== undefined && recorded !== undefined ? laterOf(at, recorded) : at;
};

/** When somebody answers a task if no rule says so. */
export const usualTime = (situation: Situation, by: Person): Instant | undefined => timeOf(situation, by, undefined);

/** How and when the holder of a task answers it: by the first rule that matches, else by default; undefined where they stay silent. */
export const planAnswer = (situation: Situation): PlannedAnswer | undefined => {
  const { scenario, task, holder, journey } = situation;
  const { clinic, people } = scenario;
  const rule = ruleFor(people, task, holder);
  if (rule?.never === true) return undefined;
  const by =
    rule?.by === undefined ? personFor({ clinic, role: holder, task, journey }) : personNamed(clinic, rule.by, holder);
  const at = by && timeOf(situation, by, rule);
  if (by === undefined || at === undefined) return undefined;
  const answer = rule?.answer ?? TASKS[task.kind].options[0];
  const reason = rule?.reason ?? (NEEDS_REASON.has(answer) ? 'as answered in the rehearsal' : undefined);
  return { at, answer, by, reason, data: answerData(situation, answer, at, by, rule?.data), rule };
};

/** What is answered instead when nothing can be booked, nobody found, or no dose added; undefined for other answers. */
export const nothingFeasible = ({ kind }: Pick<Task, 'kind'>, answer: string): string | undefined => {
  if (kind === 'place-patient' && answer === 'placed') return 'none';
  if (kind === 'next-step' && answer === 'extend') return 'continue';
  if (answer !== 'booked') return undefined;
  if (kind === 'book-pair') return 'no-slot';
  return kind === 'book-appointment' ? 'unreachable' : undefined;
};

/** The no of somebody who is asked in another's place and may not let pass what only the other may. */
export const noInTheirPlace = ({ kind }: Pick<Task, 'kind'>, answer: string): string | undefined => {
  if (kind === 'gate-review' && answer === 'overridden') return 'not-overridden';
  return kind === 'screening-review' && answer === 'proceed' ? 'decline' : undefined;
};
