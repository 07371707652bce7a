import type { Program } from '../program/program.ts';
import { approximateSeconds } from '../program/values.ts';
import type { DosingDay, RouteStandard } from './dosing-day.ts';
import { observedFrom } from './observed-from.ts';
import { momentsOf } from './readings-due.ts';

type Given = Pick<Program['dosing'], 'route' | 'duration' | 'observation' | 'fasting'>;

const seconds = approximateSeconds;

/** Whether the program's schedule reads once for each moment of the standard. */
const isReadAsOften = (monitoring: Program['monitoring'], given: Given, standard: RouteStandard): boolean => {
  const end = seconds(given.duration) + seconds(given.observation);
  const moments = momentsOf(monitoring, seconds(given.duration), end);
  // A reading counts for a moment of the standard if it is taken by then, and after the moment before.
  return standard.readAt.every((at, n) => {
    const before = n === 0 ? 0 : seconds(standard.readAt[n - 1] ?? 'PT0S');
    return moments.some((moment) => moment > before && moment <= seconds(at));
  });
};

/** Where a program asks less than its route's standard; one line each, beginning with the path. */
export const routeShortfalls = ({ dosing, monitoring }: Program, { routes }: DosingDay): string[] =>
  [
    { ...dosing, path: 'dosing' },
    ...(dosing.alternatives ?? []).map((each, n) => ({ ...each, path: `dosing.alternatives[${n}]` })),
  ].flatMap((given) => {
    const standard = routes[given.route];
    const { solidsHours, clearLiquidsHours } = given.fasting;
    // A program's observation counts from the end of the dose, so the dose itself is part of what counts from its start.
    const before = observedFrom(given.route) === 'start' ? seconds(given.duration) : 0;
    const line = (isLess: boolean, path: string, found: string, asked: string): string[] =>
      isLess ? [`${given.path}${path}: found ${found}; at least ${asked} for ${given.route}`] : [];
    return [
      ...line(solidsHours < standard.solidsHours, '.fasting.solidsHours', `${solidsHours}`, `${standard.solidsHours}`),
      ...line(
        clearLiquidsHours < standard.clearLiquidsHours,
        '.fasting.clearLiquidsHours',
        `${clearLiquidsHours}`,
        `${standard.clearLiquidsHours}`,
      ),
      ...line(
        before + seconds(given.observation) < seconds(standard.observation),
        '.observation',
        given.observation,
        `${standard.observation} from the ${observedFrom(given.route)}`,
      ),
      ...(isReadAsOften(monitoring, given, standard)
        ? []
        : [`monitoring.during: reads too seldom; at ${standard.readAt.join(', ')} for ${given.route}`]),
    ];
  });
