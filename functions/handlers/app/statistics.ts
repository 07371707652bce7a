import { monthsBetween, statisticsOperations } from '../../contracts/api/statistics.ts';
import { fold, NOTHING, statisticsOf } from '../../domain/statistics/fold.ts';
import type { ApiDeps } from './deps.ts';
import { type Route, route } from './route.ts';

/** Rows of one read: together well below the megabyte that DynamoDB gives at once. */
const AT_ONCE = 2_000;

/** What is counted over many journeys; page by page, so that memory does not grow with the clinic. */
export const statisticsRoutes = ({ reading }: Pick<ApiDeps, 'reading'>) =>
  ({
    'get-statistics': route(statisticsOperations['get-statistics'], async ({ viewer, query: { from, to } }) => {
      let tally = NOTHING;
      for (const month of monthsBetween(from, to)) {
        let cursor: string | undefined;
        do {
          const page = await reading.factsOf(month, { cursor, limit: AT_ONCE });
          tally = fold(
            tally,
            page.items.map(({ value }) => value),
          );
          cursor = page.cursor;
        } while (cursor !== undefined);
      }
      const { responses, ...rest } = statisticsOf(tally);
      return {
        answer: { from, to, ...rest, responses: viewer.roles.includes('medical-director') ? responses : null },
      };
    }),
  }) satisfies Record<keyof typeof statisticsOperations, Route>;
