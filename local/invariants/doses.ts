import { plus } from '../../functions/domain/time/instants.ts';
import { localDate } from '../../functions/domain/time/local.ts';
import type { TimelineEntry } from '../rehearsal/timeline.ts';
import { DOSE_CONDITIONS, type DoseMoment } from './dose-conditions.ts';
import { allOf, before, type Invariant, type World } from './world.ts';

const lacks = (dose: DoseMoment, world: World, how: string): string[] =>
  DOSE_CONDITIONS.flatMap((condition) => condition(dose, world)).map((lack) => `dose ${dose.cycle} was ${how} ${lack}`);

/** The gates of the day itself, each passed on the clinic's day of the dose. */
const gates = (cycle: number, at: string, history: readonly TimelineEntry[], world: World): string[] =>
  (['dosing-day', 'pre-dose'] as const).flatMap((gate) => {
    const last = allOf(history, 'gate').findLast((entry) => entry.gate === gate);
    const { zone } = world.scenario.clinic;
    if (last === undefined || localDate(last.at, zone) !== localDate(at, zone))
      return [`dose ${cycle} was given without the ${gate} gate of that day`];
    return last.result === 'pass'
      ? []
      : [`dose ${cycle} was given though ${gate} gate ${last.occurrence} said ${last.result}`];
  });

const given = (world: World): string[] =>
  allOf(world.entries, 'dose').flatMap((entry) => {
    if (entry.event !== 'started') return [];
    const { cycle, at, route } = entry;
    const { dosing } = world.scenario.program;
    const history = before(world.entries, entry);
    const routes: readonly string[] = [dosing.route, ...(dosing.alternatives ?? []).map((each) => each.route)];
    return [
      ...lacks({ cycle, begins: at, history }, world, 'given'),
      ...gates(cycle, at, history, world),
      ...(routes.includes(route) ? [] : [`dose ${cycle} was given by ${route}, which the program does not have`]),
    ];
  });

const confirmed = (world: World): string[] =>
  allOf(world.entries, 'appointment').flatMap((entry) => {
    if (entry.appointment !== 'dosing' || entry.event !== 'confirmed' || entry.cycle === undefined) return [];
    const begins = plus(entry.startsAt, world.scenario.program.dosing.before);
    // A pair is booked and confirmed in one transaction, whose entries have one instant.
    const history = world.entries.filter(({ at }) => at <= entry.at);
    return lacks({ cycle: entry.cycle, begins, history }, world, 'confirmed');
  });

/** 1: no dose without everything that it needs. */
export const doses: Invariant = {
  id: 1,
  title: 'No dose is confirmed or given without what it needs',
  violations: (world) => [...confirmed(world), ...given(world)],
};
