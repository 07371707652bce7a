import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { override } from '../../functions/domain/clinic/override.ts';
import { TASK_KINDS, type TaskKind } from '../../functions/domain/names.ts';

const PROGRAMS = join(import.meta.dirname, '../../programs');
type File = {
  practitioners: { id: string }[];
  measures: { every?: string; at: string[] }[];
  reminders: { id: string; at?: string }[];
};
const read = (file: string): File => JSON.parse(readFileSync(join(PROGRAMS, file), 'utf8'));

const zones = ['Pacific/Honolulu', 'America/Los_Angeles', 'America/New_York', 'Atlantic/Azores', 'Europe/Berlin'];
const more = ['Asia/Dubai', 'Asia/Dhaka', 'Asia/Shanghai', 'Australia/Brisbane', 'Pacific/Auckland'];
const hourIn = (timeZone: string, now: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now));

/** A zone in which it is around noon: a day that ends in the middle of a journey would change what is asked on it. */
export const noonZone = (now = new Date()): string =>
  [...zones, ...more].toSorted((a, b) => Math.abs(hourIn(a, now) - 12) - Math.abs(hourIn(b, now) - 12))[0] ?? 'UTC';

const allDay = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '23:59']]]),
);

/** The clinic of programs/clinic, open round the clock, whose appointments begin on any second and whose people have seconds to answer. */
export const clinicOfSeconds = (over: object = {}): unknown => {
  const clinic = read('clinic/clinic.json');
  const seconds = {
    zone: noonZone(),
    hours: allDay,
    practitioners: clinic.practitioners.map(({ id }) => ({ id, hours: allDay })),
    sending: null,
    booking: { grid: 'PT1S' },
    tasks: { dueIn: { 'screening-review': 'PT6S' } },
    ladders: { provider: [{ after: 'PT8S', toRole: 'medical-director' }] },
    policy: { safety: { followUpFrom: 'PT2S', followUpTo: 'PT1H' } },
  };
  return override(override(clinic, seconds), over);
};

/** The program of northwest-iv in two doses, whose weeks are seconds. */
export const programOfSeconds = (over: object = {}): unknown => {
  const seconds = {
    id: 'seconds-iv',
    title: 'Two supervised IV sessions within a minute',
    consult: { notice: 'PT15S', duration: 'PT2S' },
    preparation: { notice: 'PT15S', duration: 'PT2S' },
    series: { stages: [{ doses: 2 }], spacing: { min: 'PT1S', max: 'P7D', perWeek: 7 }, evaluateAfter: [1, 2] },
    dosing: {
      before: 'PT1S',
      settle: 'PT1S',
      duration: 'PT2S',
      observation: 'PT2S',
      notice: 'PT15S',
      orderAhead: 'P1D',
      quiet: false,
    },
    monitoring: {
      during: [{ from: 'PT0S', every: 'PT1S', until: 'PT2S' }],
      after: { every: 'PT1S', until: 'discharge' },
      alerts: { recheckAfter: 'PT1S' },
    },
    aftercare: {
      homeSafe: { after: 'PT2S', latest: '23:00', answerBy: '23:59' },
      nextDay: { after: 'PT4S', dueIn: 'PT12H' },
    },
    integration: { window: { opens: 'PT20S', closes: 'PT30M' }, duration: 'PT2S' },
    response: [],
    // Three minutes after a consult was booked an hour ahead: later than what goes out at once.
    reminders: [{ id: 'consult-day-before', offset: '-PT57M', usefulUntil: '-PT31M' }],
    followUps: ['PT5S'],
  };
  const { measures, reminders, ...program } = read('northwest-iv.json');
  // Weekly questionnaires come in the morning of a later day.
  const once = measures.map(({ every: _, ...measure }) => ({ ...measure, at: ['baseline', 'end', 'follow-up'] }));
  const atAnyTime = reminders.map(({ at: _, ...reminder }) => reminder);
  return override({ ...program, measures: once, reminders: atAnyTime }, override(seconds, over));
};

/** What takes its time: the dose itself, and the observation after it. */
const TAKES: Partial<Record<TaskKind, string>> = { 'record-dose': 'PT3S', discharge: 'PT4S' };

/** Everybody answers a second after they were asked, where no rule of the scenario says otherwise. */
export const PROMPT = TASK_KINDS.map((task) => ({ task, after: TAKES[task] ?? 'PT1S' }));
