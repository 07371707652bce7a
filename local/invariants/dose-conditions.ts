import { countsDays } from '../../functions/domain/time/durations.ts';
import type { Instant } from '../../functions/domain/time/instants.ts';
import { daysBetween, localDate, plusLocal } from '../../functions/domain/time/local.ts';
import type { TimelineEntry } from '../rehearsal/timeline.ts';
import { appointmentsAfter, debtsAfter, doseStarts, holdsAfter, stands, wasOverridden } from './standing.ts';
import { allOf, type World, zoneOf } from './world.ts';

/** A dose that was confirmed or given: when it begins, and what had happened until then. */
export type DoseMoment = {
  readonly cycle: number;
  readonly begins: Instant;
  readonly history: readonly TimelineEntry[];
};

type Condition = (dose: DoseMoment, world: World) => string[];

const CLEARED = { medical: 'medical-clearance', psychological: 'psychological-clearance' } as const;

/** In date on the day of the dose, the medical one given after the last screening that found what the one before had not: that is the prescriber's to clear. */
const clearances: Condition = ({ begins, history }, world) => {
  const screenings = allOf(history, 'screening');
  const found = screenings.findLast(({ reasons }, n) =>
    reasons.some((reason) => screenings[n - 1]?.reasons.includes(reason) !== true),
  );
  return world.scenario.program.clearances.flatMap(({ kind, validFor }) => {
    // Who needs to know more before the next clearance has not taken the one that stands back.
    const last = allOf(history, 'task').findLast(
      ({ task, event, answer }) => task === CLEARED[kind] && event === 'decided' && answer !== 'more-information',
    );
    if (last?.answer !== 'cleared') return [`without the ${kind} clearance`];
    if (kind === 'medical' && found !== undefined && found.at > last.at)
      return [`with a ${kind} clearance older than the screening of ${found.at}`];
    const ends = plusLocal(last.at, validFor, zoneOf(world, last.at));
    return begins < ends ? [] : [`with a ${kind} clearance that ended at ${ends}`];
  });
};

const ON_THE_WAY = ['commitment', 'screening', 'clearance', 'enrolment'] as const;

/** Whoever is dosed has come through every gate on the way there. */
const gatesBefore: Condition = ({ history }, { scenario }) => {
  const passed = new Set(allOf(history, 'gate').flatMap(({ gate, result }) => (result === 'pass' ? [gate] : [])));
  return ON_THE_WAY.filter((gate) => scenario.program.gates[gate].length > 0 && !passed.has(gate)).map(
    (gate) => `without having passed the ${gate} gate`,
  );
};

const preparation: Condition = ({ history }, { scenario }) => {
  const { sessions } = scenario.program.preparation;
  const held = allOf(history, 'task').filter(({ task, event }) => task === 'record-preparation' && event === 'decided');
  const complete = held.length >= sessions && held.at(-1)?.answer === 'ready';
  return complete || wasOverridden(history, 'booking', 'preparation-complete')
    ? []
    : ['before the preparation was complete'];
};

const consents: Condition = ({ history }, { scenario }) => {
  const signed = allOf(history, 'task').findLast(({ task, event }) => task === 'sign-consents' && event === 'decided');
  const refused = scenario.program.consents.filter((consent) => !scenario.patient.consents[consent]);
  return [
    ...(signed?.answer === 'signed' ? [] : ['before the consents were signed']),
    ...refused.map((consent) => `without the consent "${consent}"`),
  ];
};

/** The integration is booked, and starts inside the window that the planned end of the dose opens. */
const integration: Condition = ({ cycle, begins, history }, world) => {
  const { dosing, integration: asked } = world.scenario.program;
  const booked = [...appointmentsAfter(history).values()].filter(
    (each) => each.appointment === 'integration' && each.cycle === cycle && stands(each),
  );
  const zone = zoneOf(world, begins);
  const ends = plusLocal(begins, dosing.duration, zone);
  const [opens, closes] = [plusLocal(ends, asked.window.opens, zone), plusLocal(ends, asked.window.closes, zone)];
  if (booked.length === 0) return ['without an integration booked'];
  return booked
    .filter(({ startsAt }) => startsAt < opens || startsAt > closes)
    .map(({ id, startsAt }) => `with integration ${id} at ${startsAt}, outside ${opens} to ${closes}`);
};

const earlierDebts: Condition = ({ cycle, history }, { scenario }) => {
  if (!scenario.program.integration.requiredBeforeNextDose) return [];
  if (wasOverridden(history, 'booking', 'integration-owed') || wasOverridden(history, 'pre-dose', 'DD-06')) return [];
  return [...debtsAfter(history).values()]
    .filter((debt) => debt.cycle < cycle && debt.event !== 'settled' && debt.event !== 'waived')
    .map((debt) => `while dose ${debt.cycle} still owes its integration`);
};

const DAYS_OF_A_WEEK = 7;

const spacing: Condition = ({ cycle, begins, history }, world) => {
  if (wasOverridden(history, 'booking', 'spacing') || wasOverridden(history, 'pre-dose', 'DD-05')) return [];
  const { min, perWeek } = world.scenario.program.series.spacing;
  const zone = zoneOf(world, begins);
  const reading = (at: Instant) => (countsDays(min) ? localDate(at, zone) : at);
  const earlier = [...doseStarts(history)].flatMap(([number, at]) => (number < cycle ? [at] : []));
  const near = earlier.filter((at) => reading(begins) < reading(plusLocal(at, min, zone)));
  const week = earlier.filter((at) => daysBetween(localDate(at, zone), localDate(begins, zone)) < DAYS_OF_A_WEEK);
  return [
    ...near.map((at) => `less than ${min} after the dose at ${at}`),
    ...(week.length >= perWeek ? [`as dose ${week.length + 1} in seven days, where ${perWeek} are allowed`] : []),
  ];
};

const noHold: Condition = ({ history }) => [...holdsAfter(history)].map((reason) => `during the hold "${reason}"`);

/** Everything that a dose needs, whether it is confirmed or given. */
export const DOSE_CONDITIONS: readonly Condition[] = [
  gatesBefore,
  clearances,
  preparation,
  consents,
  integration,
  earlierDebts,
  spacing,
  noHold,
];
