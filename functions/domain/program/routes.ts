import type { Route } from '../names.ts';
import type { Program } from './program.ts';

/** The ways in which a program lets the medicine be given, its first choice first. */
export const routesOf = ({ dosing }: Pick<Program, 'dosing'>): Route[] => [
  dosing.route,
  ...(dosing.alternatives ?? []).map(({ route }) => route),
];

/** The program as it is for a patient whose prescriber chose one of its routes: that route's times, fasting and limits stand in for the first choice's. */
export const withRoute = (program: Program, route: Route | null): Program => {
  const chosen = program.dosing.alternatives?.find((each) => each.route === route);
  return chosen === undefined
    ? program
    : { ...program, dosing: { ...program.dosing, doseLimits: undefined, ...chosen } };
};
