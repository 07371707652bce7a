import type { Journey } from '../journey/journey.ts';
import { inStage } from './pace.ts';
import type { Program } from './program.ts';
import { withRoute } from './routes.ts';

/** The program as it is for one journey now: by the route that its prescriber chose, at the pace of the stage that its series is in. */
export const programFor = (program: Program, { route, seriesStage }: Pick<Journey, 'route' | 'seriesStage'>): Program =>
  inStage(withRoute(program, route), seriesStage);
