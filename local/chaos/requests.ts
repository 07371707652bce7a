import fc from 'fast-check';
import {
  APPOINTMENT_KINDS,
  CHECK_IDS,
  CHECKS,
  COMMAND_ANCHORS,
  COMMAND_NAMES,
  COMMANDS,
  type CommandAnchor,
  type CommandName,
  type Role,
} from '../../functions/domain/names.ts';
import { MEDICINE_CLASSES } from '../../functions/domain/screening/facts.ts';
import { compact, days, type Json, record, seldom, waits, weighted } from './arbitraries.ts';

/** Most of a journey lies in its series, and so do the moments at which people ask for something. */
const anchors = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...COMMAND_ANCHORS) },
  { weight: 2, arbitrary: fc.constantFrom<CommandAnchor>('dose', 'discharge', 'integration', 'booked-dose') },
);
const REPEATED: ReadonlySet<CommandAnchor> = new Set(['dose', 'discharge', 'integration', 'booked-dose']);

type Moment = { readonly after: CommandAnchor; readonly occurrence: number | undefined; readonly plus: string };

const moment = ({ after, occurrence, plus }: { after: CommandAnchor; occurrence: number; plus: string }): Moment => ({
  after,
  occurrence: REPEATED.has(after) ? occurrence : undefined,
  plus,
});

const moments: fc.Arbitrary<Moment> = fc
  .record({ after: anchors, occurrence: fc.integer({ min: 1, max: 4 }), plus: waits })
  .map(moment);

/** A dose and its integration are booked then; a week later the dose may be over. */
const whileBooked = (most: number): fc.Arbitrary<Moment> =>
  fc
    .record({
      after: fc.constant<CommandAnchor>('booked-dose'),
      occurrence: fc.integer({ min: 1, max: 4 }),
      plus: fc.oneof(waits, days(most)),
    })
    .map(moment);

const appointments = record({
  appointment: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...APPOINTMENT_KINDS) },
    { weight: 2, arbitrary: fc.constantFrom('dosing', 'integration') },
  ),
  occurrence: seldom(fc.integer({ min: 1, max: 4 })),
});

const moved = fc.tuple(appointments, seldom(fc.integer({ min: -5, max: 9 }), 1)).map(([which, shift]) =>
  compact({
    ...which,
    startsAt: shift === undefined ? undefined : { shift: shift < 0 ? `-P${-shift}D` : `P${shift}D` },
  }),
);

const absences = fc
  .tuple(
    fc.constantFrom('nurse-1', 'provider-1', 'therapist-1', 'therapist-11', 'coordinator-1'),
    fc.integer({ min: 1, max: 90 }),
    fc.integer({ min: 1, max: 20 }),
  )
  .map(([practitioner, from, length]) => {
    const at = (day: number) => new Date(Date.UTC(2026, 2, 2 + day, 15)).toISOString();
    return { practitioner, from: at(from), to: at(from + length) };
  });

const medicines = fc.constantFrom(...MEDICINE_CLASSES).map((each) => ({ class: each }));

const diagnoses = fc.constantFrom<Json>(
  { field: 'sbp', value: 150 },
  { field: 'avm', value: 'yes' },
  { field: 'seizure', value: 'uncontrolled' },
  { field: 'acute_symptoms', value: ['chest_pain'] },
  { field: 'bmi', value: 26 },
);

const contacts = fc.constantFrom<Json>(
  { zone: 'Asia/Tokyo' },
  { zone: 'America/New_York' },
  { mobile: 'none' },
  { mobile: 'undelivered' },
  { email: 'bounces' },
  { mobile: 'none', email: 'none' },
  { mobile: '12' },
);

const chaperones = fc.constantFrom<Json>(
  { chaperone: 'none' },
  { chaperone: 'named' },
  { chaperone: 'named', name: 'Kim', mobile: '+12065550177' },
);

const therapists = fc
  .constantFrom('therapist-1', 'therapist-11', 'therapist-12', 'therapist-21')
  .map((therapist) => ({ therapist }));

const grades = weighted([4, 1], [4, 2], [4, 3], [3, 4], [1, 5]).map((grade) => ({ grade }));

/** When something is asked for, and what goes with it: what it asks for, and now and then what it may not. */
const WHAT: { readonly [C in CommandName]?: { data: fc.Arbitrary<Json>; when?: fc.Arbitrary<Moment> } } = {
  'reschedule-appointment': { data: moved, when: whileBooked(3) },
  'cancel-appointment': { data: appointments, when: whileBooked(7) },
  'mark-no-show': { data: appointments, when: whileBooked(14) },
  'report-adverse-event': { data: grades },
  'new-medication': { data: medicines },
  'new-diagnosis': { data: diagnoses },
  'change-contact': { data: contacts },
  'change-chaperone': { data: chaperones },
  'replace-therapist': { data: therapists },
  'practitioner-absent': { data: absences },
};

type Asked = Moment & { readonly role: Role; readonly data: Json; readonly reason: string | undefined };

const request = (command: CommandName, { after, occurrence, plus, role, data, reason }: Asked): Json =>
  compact({ after, occurrence, plus, command, by: { role }, data, reason });

const reasons = seldom(fc.constant('as asked'), 1);

const alone = (command: CommandName): fc.Arbitrary<Json[]> =>
  fc
    .record({
      when: WHAT[command]?.when ?? moments,
      role: fc.constantFrom<Role>(...COMMANDS[command].by),
      data: WHAT[command]?.data ?? fc.constant({}),
      reason: reasons,
    })
    .map(({ when, ...rest }) => [request(command, { ...when, ...rest })]);

/** Checks of the three gates before a dose, mostly by somebody whose agreement they need. */
const overrides: fc.Arbitrary<Json[]> = fc
  .constantFrom(...CHECK_IDS.filter((id) => CHECKS[id].gates.some((gate) => gate !== 'discharge')))
  .chain((check) => {
    const may: readonly Role[] = CHECKS[check].override;
    return fc
      .record({
        gate: fc.constantFrom(...CHECKS[check].gates),
        when: fc.oneof(whileBooked(3), moments),
        role: fc.constantFrom<Role>(...may, 'medical-director', 'nurse'),
        reason: fc.constant('as agreed'),
      })
      .map(({ gate, when, ...rest }) => [request('override-gate', { ...when, ...rest, data: { gate, check } })]);
  });

/** Two that belong together: a pause and its end, STOP and START. */
const both = (first: CommandName, second: CommandName): fc.Arbitrary<Json[]> =>
  fc
    .record({
      when: moments,
      later: days(60),
      role: fc.constantFrom<Role>(...COMMANDS[first].by),
      reason: reasons,
    })
    .map(({ when, later, ...rest }) => [
      request(first, { ...when, ...rest, data: {} }),
      request(second, { ...when, plus: later, ...rest, data: {} }),
    ]);

/** An integration that nobody records for days, and somebody notes that the patient did not come to it. */
export const missed: fc.Arbitrary<{ readonly people: Json[]; readonly commands: Json[] }> = fc
  .record({
    occurrence: fc.integer({ min: 1, max: 3 }),
    plus: days(4),
    role: fc.constantFrom<Role>(...COMMANDS['mark-no-show'].by),
  })
  .map(({ occurrence, plus, role }) => ({
    people: [{ task: 'record-integration', occurrence, after: 'P6D' }],
    commands: [
      request('mark-no-show', {
        after: 'dose',
        occurrence,
        plus,
        role,
        data: { appointment: 'integration' },
        reason: undefined,
      }),
    ],
  }));

/** What ends a journey is asked for least, or most journeys would end before their series does. */
const ENDING: ReadonlySet<CommandName> = new Set(['withdraw', 'transfer-care', 'pause']);

/** Something that somebody asks of the journey, at any moment; sometimes together with its end. */
export const requests: fc.Arbitrary<Json[]> = fc.oneof(
  ...COMMAND_NAMES.map((name) => ({
    weight: ENDING.has(name) ? 1 : 6,
    arbitrary: name === 'override-gate' ? overrides : alone(name),
  })),
  { weight: 6, arbitrary: both('pause', 'resume') },
  { weight: 4, arbitrary: both('stop-messages', 'start-messages') },
);
