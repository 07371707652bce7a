import fc from 'fast-check';
import {
  APPOINTMENT_KINDS,
  COMMAND_ANCHORS,
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  REPEATING_ANSWERS,
  TASK_KINDS,
  TASKS,
  type TaskKind,
} from '../../functions/domain/names.ts';
import { MEDICINE_CLASSES } from '../../functions/domain/screening/facts.ts';

type Json = Record<string, unknown>;

/** A key that is often left out, so that most of a scenario stays as it is by default. */
const seldom = <T>(value: fc.Arbitrary<T>, weight = 3) => fc.option(value, { nil: undefined, freq: weight });

const compact = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
const record = (model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Json> => fc.record(model).map(compact);

const minutes = (most: number) => fc.integer({ min: 0, max: most }).map((n) => `PT${n}M`);
const days = (most: number) => fc.integer({ min: 1, max: most }).map((n) => `P${n}D`);
const wait = fc.oneof(
  { weight: 4, arbitrary: minutes(600) },
  { weight: 2, arbitrary: minutes(6000) },
  { weight: 1, arbitrary: days(40) },
);

const FACTS: readonly Json[] = [
  { sbp: 150 },
  { sbp: 185 },
  { avm: 'yes' },
  { psychosis: 'family_first_degree' },
  { cssrs_q4: true },
  { meds: ['benzodiazepine'] },
];

const patient = record({
  zone: seldom(
    fc.constantFrom('America/New_York', 'Asia/Tokyo', 'Europe/Madrid', 'Pacific/Auckland', 'America/Phoenix'),
  ),
  language: seldom(fc.constantFrom('en', 'es')),
  mobile: seldom(fc.constantFrom('working', 'undelivered', 'none')),
  email: seldom(fc.constantFrom('working', 'bounces', 'none')),
  consents: seldom(
    record({ sms: seldom(fc.boolean()), email: seldom(fc.boolean()), shareWithPartner: seldom(fc.boolean()) }),
  ),
  facts: seldom(fc.constantFrom(...FACTS), 6),
  therapist: seldom(fc.constantFrom('none', 'own')),
  chaperone: seldom(fc.constant('none'), 12),
});

/** Readings and answers of a dosing day that a gate looks at. */
const CHECKS: readonly Json[] = [
  { sbp: 150 },
  { sbp: 190 },
  { substances24h: true },
  { escortReachable: false },
  { newMedicines: ['opioid'] },
  { cssrs: { q1: true, q2: true, q3: true, q4: true, q5: false, q6: false } },
];

/** A series that has all its doses cannot be extended; a session that is missed every time stays owed until a clinician waives it. */
const ENDLESS: ReadonlySet<string> = new Set(['extend', 'no-show', 'cancelled']);

/** Everybody answers late, otherwise or never; answers that go on are the more frequent, so that journeys get somewhere. */
const rule = fc.constantFrom(...TASK_KINDS).chain((task: TaskKind) => {
  const [first, ...others] = TASKS[task].options;
  const answer = fc.oneof(
    { weight: 3, arbitrary: fc.constant<string>(first) },
    ...others.map((each) => ({ weight: each in REPEATING_ANSWERS ? 2 : 1, arbitrary: fc.constant<string>(each) })),
  );
  return fc
    .record({
      occurrence: seldom(fc.integer({ min: 1, max: 4 }), 1),
      after: seldom(wait, 1),
      never: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      answer,
      check: fc.constantFrom(...CHECKS),
    })
    .map(({ never, answer: said, check, ...rest }) =>
      compact(
        never
          ? { task, occurrence: rest.occurrence, never: true }
          : {
              task,
              ...rest,
              // Whoever says this every time lets a journey go on for ever, and so it should.
              ...(ENDLESS.has(said) && { occurrence: 1 }),
              answer: said,
              reason: said === 'overridden' || said === 'waived' ? 'as agreed' : undefined,
              data:
                task === 'dosing-day-check' && said === 'proceed'
                  ? check
                  : task === 'next-step' && said === 'extend'
                    ? { doses: 1 }
                    : undefined,
            },
      ),
    );
});

const appointment = record({
  appointment: fc.constantFrom(...APPOINTMENT_KINDS),
  occurrence: seldom(fc.integer({ min: 1, max: 4 })),
});

/** What goes with a command: what it asks for, and now and then what it may not. */
const dataOf = (command: CommandName): fc.Arbitrary<Json> => {
  switch (command) {
    case 'reschedule-appointment':
      return fc.tuple(appointment, seldom(fc.integer({ min: -5, max: 9 }), 1)).map(([which, shift]) =>
        compact({
          ...which,
          startsAt: shift === undefined ? undefined : { shift: shift < 0 ? `-P${-shift}D` : `P${shift}D` },
        }),
      );
    case 'cancel-appointment':
    case 'mark-no-show':
      return appointment;
    case 'report-adverse-event':
      return fc.constantFrom(1, 1, 2, 2, 3, 4, 5).map((grade) => ({ grade }));
    case 'new-medication':
      return fc.constantFrom(...MEDICINE_CLASSES).map((each) => ({ class: each }));
    case 'new-diagnosis':
      return fc.constantFrom<Json>(
        { field: 'sbp', value: 150 },
        { field: 'avm', value: 'yes' },
        { field: 'seizure', value: 'uncontrolled' },
        { field: 'acute_symptoms', value: ['chest_pain'] },
        { field: 'bmi', value: 26 },
      );
    case 'change-contact':
      return fc.constantFrom<Json>(
        { zone: 'Asia/Tokyo' },
        { zone: 'America/New_York' },
        { mobile: 'none' },
        { mobile: 'undelivered' },
        { email: 'bounces' },
        { mobile: 'none', email: 'none' },
        { mobile: '12' },
      );
    case 'change-chaperone':
      return fc.constantFrom<Json>(
        { chaperone: 'none' },
        { chaperone: 'named' },
        { chaperone: 'named', name: 'Kim', mobile: '+12065550177' },
      );
    case 'replace-therapist':
      return fc
        .constantFrom('therapist-1', 'therapist-11', 'therapist-12', 'therapist-21')
        .map((therapist) => ({ therapist }));
    case 'practitioner-absent':
      return fc
        .tuple(
          fc.constantFrom('nurse-1', 'provider-1', 'therapist-1', 'therapist-11', 'coordinator-1'),
          fc.integer({ min: 1, max: 60 }),
          fc.integer({ min: 1, max: 20 }),
        )
        .map(([practitioner, from, length]) => {
          const at = (day: number) => new Date(Date.UTC(2026, 2, 2 + day, 15)).toISOString();
          return { practitioner, from: at(from), to: at(from + length) };
        });
    case 'override-gate':
      return fc.constantFrom<Json>(
        { gate: 'dosing-day', check: 'DD-09' },
        { gate: 'booking', check: 'chaperone-confirmed' },
        { gate: 'booking', check: 'integration-owed' },
      );
    default:
      return fc.constant({});
  }
};

const command = fc.constantFrom(...COMMAND_NAMES).chain((name: CommandName) =>
  fc
    .record({
      after: fc.constantFrom(...COMMAND_ANCHORS),
      occurrence: fc.integer({ min: 1, max: 4 }),
      plus: wait,
      role: fc.constantFrom(...COMMANDS[name].by),
      data: dataOf(name),
      reason: seldom(fc.constant('as asked'), 1),
    })
    .map(({ after, occurrence, plus, role, data, reason }) =>
      compact({
        after,
        occurrence: ['dose', 'discharge', 'integration', 'booked-dose'].includes(after) ? occurrence : undefined,
        plus,
        command: name,
        by: { role },
        data,
        reason,
      }),
    ),
);

/** Any patient of any of the programs, people who answer late, otherwise or never, and up to ten commands at any moment. */
export const scenarios = (programs: readonly string[]): fc.Arbitrary<Json> =>
  fc
    .record({
      program: fc.constantFrom(...programs),
      start: seldom(
        fc.integer({ min: 0, max: 364 }).map((day) => new Date(Date.UTC(2026, 0, 5 + day, 17)).toISOString()),
        2,
      ),
      patient,
      people: fc.array(rule, { maxLength: 8 }),
      commands: fc.array(command, { maxLength: 10 }),
    })
    .map((scenario) => compact({ ...scenario, until: 'P6Y' }));
