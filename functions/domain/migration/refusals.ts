import { isRemote } from '../gates/standing.ts';
import type { Cycle } from '../journey/cycle.ts';
import type { Consent } from '../names.ts';
import { intakeAsks } from '../program/intake-asks.ts';
import { routesOf } from '../program/routes.ts';
import { dosesBegun } from '../series/what-next.ts';
import { isEnrolled, isSame, type Move } from './move.ts';
import { isBeingOrdered, ordersUnder } from './orders-under.ts';
import { seriesUnder } from './series-under.ts';

/** From check-in to discharge a dose is given by one version of the program. */
const isUnderWay = ({ checkedInAt, startedAt, dischargedAt }: Cycle): boolean =>
  (checkedInAt !== null || startedAt !== null) && dischargedAt === null;

const standing = ({ from, to, before: { journey, cycles } }: Move): string[] => {
  if (journey.outcome !== null) return ['the journey has ended'];
  if (journey.ending !== null) return [`the journey is ending (${journey.ending.kind})`];
  if (from.version === to.version) return [`the journey is on version ${to.version} already`];
  if (journey.phase === 'completion') return ['the series is over; what follows it stays as it was planned'];
  const cycle = cycles.find(isUnderWay);
  return cycle === undefined ? [] : [`dose ${cycle.number} is under way; once the patient is discharged`];
};

const consents = ({ to, before: { journey } }: Move): string[] => {
  const asked: readonly Consent[] = isRemote(journey) ? [...to.consents, 'telehealth'] : to.consents;
  const missing = asked.filter((consent) => journey.consents[consent] !== true);
  return missing.length === 0 ? [] : [`it needs a consent that the patient has not given: ${missing.join(', ')}`];
};

/** The intake that is running took along what it asks when it began. */
const intake = ({ from, to, before: { journey } }: Move): string[] => {
  const changed = !isEnrolled(journey) && !isSame(intakeAsks(from), intakeAsks(to));
  return changed
    ? ['the intake that is under way asks for other clearances, signatures or forms; once the patient is enrolled']
    : [];
};

const way = ({ to, before: { journey } }: Move): string[] => {
  const { phase, route } = journey;
  return [
    ...(phase !== null && !to.phases.includes(phase) ? [`it has no phase "${phase}"; once that is left`] : []),
    ...(route !== null && !routesOf(to).includes(route)
      ? [`it does not give the medicine by the route that the prescriber chose (${route})`]
      : []),
    ...(journey.phase === 'series' && journey.preparations < to.preparation.sessions
      ? [`it asks for ${to.preparation.sessions} preparation sessions, and ${journey.preparations} were held`]
      : []),
  ];
};

const series = ({ from, to, before: { journey, cycles } }: Move): string[] => {
  const under = seriesUnder(from.series, to.series, journey, dosesBegun(cycles));
  return 'refused' in under ? [under.refused] : [];
};

const orders = (move: Move): string[] =>
  isBeingOrdered(move, ordersUnder(move)) ? ['a dose was ordered at this very moment; try again in a minute'] : [];

/** Why a journey may not go over to the other version now: every reason, in words for a coordinator. Empty where it may. */
export const moveRefusals = (move: Move): string[] => {
  const now = standing(move);
  return now.length > 0 ? now : [...consents(move), ...intake(move), ...way(move), ...series(move), ...orders(move)];
};
