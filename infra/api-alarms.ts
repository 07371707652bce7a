import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { measured, perFiveMinutes } from './alarm-table.ts';
import type { HouseAlarm } from './constructs/alarms.ts';
import type { PublicApi } from './constructs/public-api.ts';
import type { Names } from './names.ts';

/** What people meet who ask the clinic for something. */
export const apiAlarms = ({ api }: PublicApi, names: Names): readonly HouseAlarm[] => [
  {
    name: 'api-fails',
    meansForThePatient: 'Patients and staff get errors instead of tasks, appointments and answers.',
    runbook: 'the-api-fails',
    metric: api.metricServerError(perFiveMinutes),
    // One that went wrong is asked again by whoever asked; three in five minutes are the API itself.
    threshold: 3,
  },
  {
    name: 'api-throttled',
    meansForThePatient: 'Patients and staff are told to come back later, because somebody or something asks too much.',
    runbook: 'the-api-fails',
    metric: measured(names, 'ThrottledRequests', Stats.SUM),
    threshold: 10,
  },
  {
    name: 'tokens-refused',
    meansForThePatient:
      'People of the clinic cannot get in and their patients wait, or somebody tries to get in who should not.',
    runbook: 'tokens-are-refused',
    metric: measured(names, 'RefusedTokens', Stats.SUM),
    // Whoever comes back from lunch meets one; a hundred are a wrong setting, or somebody who tries.
    threshold: 100,
  },
];
