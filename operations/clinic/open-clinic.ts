import { randomUUID } from 'node:crypto';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { CARRIER, machineNames } from '../../functions/contracts/deployment.ts';
import { parseClinic } from '../../functions/domain/clinic/clinic.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import { parseProgram } from '../../functions/domain/program/program.ts';
import { stepFunctions, type Workflows } from '../../functions/messengers/workflows.ts';
import { systemClock, systemOrdinal } from '../../functions/runtime/clock.ts';
import { bundledData, keptProgram, type LibraryData, libraryOf } from '../../functions/stores/bundled-library.ts';
import { dynamoTable } from '../../functions/stores/dynamo-table.ts';
import type { DeskPorts } from '../../functions/stores/journey/desk.ts';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import { LIVE, namesOf } from '../../infra/names.ts';
import { readJsonFile } from '../../local/rehearsal/read-json.ts';
import { savedStatus } from '../../local/state-machines/saved-status.ts';
import { deployedPrograms } from '../doctor/aws/functions.ts';
import type { Deployed, Place } from './place.ts';
import { tableRequests } from './table-requests.ts';

/** A clinic as commands for its operators stand on it. */
export type OpenClinic = {
  readonly ports: DeskPorts;
  readonly data: LibraryData;
  /** How an execution stands. */
  readonly status: Workflows['status'];
  /** The versions of programs that its functions carry, as `id version`; undefined where nobody says so. */
  readonly carried: () => Promise<readonly string[] | undefined>;
  close(): void;
};

const portsOver = (table: DeskPorts['table'], data: LibraryData): DeskPorts => ({
  table,
  now: systemClock,
  ordinal: systemOrdinal,
  library: libraryOf(data),
});

const said = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** The machines stand in the account and region of the table. */
const machinesOf = async ({ settings, table }: Deployed): Promise<Readonly<Record<string, string>>> => {
  const names = namesOf(settings.stage);
  const described = await new DynamoDBClient({})
    .send(new DescribeTableCommand({ TableName: table }))
    .catch((error: unknown) => {
      throw new InputRefused([
        `options: table ${table} cannot be looked at (${said(error)}); a clinic of the account and region of this shell`,
      ]);
    });
  const [, partition, , region, account] = (described.Table?.TableArn ?? '').split(':');
  const arn = (machine: string) =>
    `arn:${partition}:states:${region}:${account}:stateMachine:${names.machine(machine)}:${LIVE}`;
  return Object.fromEntries(machineNames.map((name) => [name, arn(name)]));
};

/** The programs of this checkout with those and the clinic that the settings name: what is deployed with the functions. */
export const dataOf = async ({ settings }: Deployed): Promise<LibraryData> => ({
  ...bundledData(),
  programs: [
    ...bundledData().programs,
    ...(
      await Promise.all(settings.ownPrograms.map(async (path) => parseProgram(await readJsonFile(path, 'program'))))
    ).map(keptProgram),
  ],
  clinic: parseClinic(await readJsonFile(settings.clinic, 'clinic')),
});

/** Opens a clinic where it is. Throws InputRefused where it cannot be reached. */
export const openClinic = async (place: Place): Promise<OpenClinic> => {
  if (place.kind === 'file') {
    const table = sqliteTable({ path: place.path, newId: randomUUID });
    const data = bundledData();
    return {
      ports: portsOver(table, data),
      data,
      status: async ({ machine, name }) => savedStatus(place.path, machine, name),
      // A clinic on this machine runs from the same checkout.
      carried: async () => undefined,
      close: () => table.close(),
    };
  }
  const data = await dataOf(place);
  const { status } = stepFunctions({ machines: await machinesOf(place) });
  return {
    ports: portsOver(dynamoTable({ tableName: place.table, requests: tableRequests() }), data),
    data,
    status,
    carried: () => deployedPrograms(new LambdaClient({}), namesOf(place.settings.stage).function(CARRIER)),
    close: () => undefined,
  };
};
