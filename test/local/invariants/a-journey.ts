import type { Entry } from '../../../functions/domain/journey/entry.ts';
import type { AppointmentKind, GateKind, TaskKind } from '../../../functions/domain/names.ts';
import { TASKS } from '../../../functions/domain/names.ts';
import { atLocal, plusLocal } from '../../../functions/domain/time/local.ts';
import { INVARIANTS } from '../../../local/invariants/check.ts';
import type { World } from '../../../local/invariants/world.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';
import { type TimelineEntry, timelineOf } from '../../../local/rehearsal/timeline.ts';

const LA = 'America/Los_Angeles';
const scenario = await readScenario({ program: 'northwest-iv' });

/** An instant by the patient's clock: `03-10 09:00` of 2026. */
export const la = (text: string) => atLocal(`2026-${text.slice(0, 5)}`, text.slice(6), LA);

/** When, by the patient's clock, and what. */
export type Told = [string, Entry];

export const task = (
  when: string,
  kind: TaskKind,
  event: 'opened' | 'decided' | 'expired' | 'escalated' | 'superseded',
  over: Partial<Extract<Entry, { kind: 'task' }>> = {},
): Told => [
  when,
  {
    kind: 'task',
    task: kind,
    id: `${kind}-1`,
    occurrence: 1,
    role: TASKS[kind].role,
    event,
    ...(event === 'decided' && { answer: TASKS[kind].options[0], by: 'provider-1' }),
    ...over,
  },
];

/** A task that was opened and decided at one moment. */
export const asked = (when: string, kind: TaskKind, over: Partial<Extract<Entry, { kind: 'task' }>> = {}): Told[] => {
  const { answer: _answer, by: _by, ...opening } = over;
  return [task(when, kind, 'opened', opening), task(when, kind, 'decided', over)];
};

export const gate = (
  when: string,
  kind: GateKind,
  occurrence: number,
  over: Partial<Extract<Entry, { kind: 'gate' }>> = {},
): Told => [
  when,
  { kind: 'gate', gate: kind, occurrence, result: 'pass', checks: [{ id: 'no-hold', result: 'pass' }], ...over },
];

type Appointment = Extract<Entry, { kind: 'appointment' }>;
export const visit = (
  when: string,
  kind: AppointmentKind,
  event: Appointment['event'],
  startsAt: string,
  cycle: number,
  over: Partial<Appointment> = {},
): Told => [
  when,
  {
    kind: 'appointment',
    appointment: kind,
    id: `${kind}-${cycle}`,
    occurrence: cycle,
    revision: 1,
    event,
    startsAt: la(startsAt),
    endsAt: plusLocal(la(startsAt), 'PT1H', LA),
    practitioners: ['therapist-11'],
    room: null,
    modality: 'in-person',
    cycle,
    ...over,
  },
];

type Message = Extract<Entry, { kind: 'message' }>;
export const message = (when: string, event: Message['event'], over: Partial<Message> = {}): Told => [
  when,
  {
    kind: 'message',
    message: 'reminder',
    to: 'patient',
    person: 'patient',
    channel: 'sms',
    occurrence: 1,
    revision: 1,
    attempt: 1,
    event,
    class: 'reminder',
    appointmentId: 'dosing-1',
    ...over,
  },
];

/** A dose at 09:15 of one day, its integration at noon of the next. */
const cycleOf = (cycle: number, booked: string, day: string, next: string): Told[] => [
  gate(`${booked} 10:00`, 'booking', cycle),
  visit(`${booked} 10:00`, 'dosing', 'booked', `${day} 09:00`, cycle),
  visit(`${booked} 10:00`, 'integration', 'booked', `${next} 12:00`, cycle),
  visit(`${booked} 10:00`, 'dosing', 'confirmed', `${day} 09:00`, cycle),
  gate(`${day} 09:10`, 'dosing-day', cycle),
  gate(`${day} 09:15`, 'pre-dose', cycle),
  [`${day} 09:15`, { kind: 'dose', cycle, event: 'started', route: 'iv' }],
  [`${day} 09:15`, { kind: 'debt', cycle, event: 'owed' }],
  [`${day} 10:45`, { kind: 'dose', cycle, event: 'ended', route: 'iv' }],
  visit(`${day} 11:45`, 'dosing', 'attended', `${day} 09:00`, cycle),
  visit(`${next} 13:15`, 'integration', 'attended', `${next} 12:00`, cycle),
  [`${next} 13:15`, { kind: 'debt', cycle, event: 'settled' }],
];

/** Two doses and what belongs to them, from clearance to outcome. */
export const GOOD: readonly Told[] = [
  ...(['commitment', 'screening', 'clearance', 'enrolment'] as const).map((kind) => gate('03-02 09:00', kind, 1)),
  ['03-02 09:00', { kind: 'screening', disposition: 'eligible', reasons: [], notes: [], rulesetVersion: '1' }],
  ...asked('03-03 11:00', 'medical-clearance'),
  ...asked('03-03 12:00', 'psychological-clearance', { by: 'therapist-1' }),
  ...asked('03-04 10:00', 'sign-consents', { by: 'patient' }),
  ...asked('03-05 15:15', 'record-preparation', { by: 'therapist-11' }),
  ...cycleOf(1, '03-06', '03-10', '03-11'),
  message('03-08 10:00', 'planned'),
  message('03-09 16:30', 'sent', { text: 'You have an appointment tomorrow at 9:00 AM.' }),
  message('03-09 16:31', 'delivered'),
  ...cycleOf(2, '03-12', '03-17', '03-18'),
  ['03-25 10:00', { kind: 'outcome', outcome: 'completed', reason: 'all done' }],
];

/** A world of these entries, sorted by time, with nothing left open. */
export const worldOf = (told: readonly Told[], over: Partial<World> = {}): World => {
  const zones = [{ at: scenario.start, zone: LA }];
  const events = told.map(([when, entry], n) => ({
    journeyId: 'j-1',
    at: la(when),
    ordinal: String(n),
    cause: 'test',
    entry,
  }));
  const entries: TimelineEntry[] = timelineOf(events, zones);
  return {
    scenario,
    journeyId: 'j-1',
    entries,
    executions: [],
    open: { tasks: [], schedules: [], plannedMessages: [], outbox: [] },
    zones,
    end: entries.at(-1)?.at ?? scenario.start,
    ...over,
  };
};

/** The good journey without the entries that match, and with others. */
export const changed = (without: (entry: Entry) => boolean, ...more: Told[]): Told[] => [
  ...GOOD.filter(([, entry]) => !without(entry)),
  ...more,
];

/** The good journey with more in it. */
export const withMore = (...more: Told[]): Told[] => [...GOOD, ...more];

/** What one invariant finds wrong with these entries. */
export const violationsOf = (id: number, told: readonly Told[], over: Partial<World> = {}): string[] =>
  INVARIANTS.find((each) => each.id === id)?.violations(worldOf(told, over)) ?? ['no such invariant'];

export const execution = (
  name: string,
  over: Partial<World['executions'][number]> = {},
): World['executions'][number] => ({
  executionArn: `arn:${name}`,
  name,
  stateMachine: 'cycle',
  status: 'SUCCEEDED',
  startedAt: la('03-06 10:00'),
  endedAt: la('03-06 11:00'),
  transitions: 5,
  ...over,
});
