import { systemClock, systemOrdinal } from '../../runtime/clock.ts';
import { env } from '../../runtime/env.ts';
import { bundledData, libraryOf } from '../../stores/bundled-library.ts';
import { dynamoTable } from '../../stores/dynamo-table.ts';
import { type JourneyStore, journeyStore } from '../../stores/journey-store.ts';

/** The clinic's journeys on AWS, as every function stands on them. */
export const wireJourneys = (): JourneyStore =>
  journeyStore({
    table: dynamoTable({ tableName: env('TABLE') }),
    now: systemClock,
    ordinal: systemOrdinal,
    library: libraryOf(bundledData()),
  });
