import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { journeys } from '../../functions/stores/journey-rows.ts';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import { stateMachineRunner } from '../../local/state-machines/runner.ts';
import { sqliteExecutions } from '../../local/state-machines/sqlite-executions.ts';
import { virtualClock } from '../../local/virtual-clock.ts';
import { openClinic } from '../../operations/clinic/open-clinic.ts';
import { placeOf } from '../../operations/clinic/place.ts';
import { sceneAt } from '../support/scenes.ts';

// The journey behind every scene is rehearsed once.
beforeAll(() => sceneAt('the first dose is to be booked'), 60_000);

describe('A clinic on this machine', () => {
  it('is opened by its file: its rows, and how its executions stand, whether or not somebody runs them', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'clinic-')), 'clinic.sqlite');
    const scene = await sceneAt('the first dose is to be booked');
    const table = sqliteTable({ path, newId: randomUUID });
    for (const { pk, sk, body } of scene.rows) await table.write([{ do: 'put', row: { pk, sk, body }, when: 'free' }]);
    table.close();

    const clinic = await openClinic(placeOf({ store: path }, {}));
    const row = await clinic.ports.table.get(journeys.key(scene.journeyId));
    expect(row && journeys.read(row)).toMatchObject({ id: scene.journeyId, phase: 'series' });
    expect(await clinic.status({ machine: 'cycle', name: 'j1-cycle-1-1' })).toBe('MISSING');
    expect(await clinic.carried()).toBeUndefined();

    const clock = virtualClock(0);
    const store = sqliteExecutions(path);
    const wait = { StartAt: 'W', QueryLanguage: 'JSONata', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };
    const runner = stateMachineRunner({
      clock,
      store,
      machines: [{ name: 'cycle', definition: wait }],
      invokeFunction: async () => ({}),
    });
    await runner.startExecution({ stateMachine: 'cycle', name: 'j1-cycle-1-1', input: {} });
    await clock.run({ until: 1_000 });
    expect(await clinic.status({ machine: 'cycle', name: 'j1-cycle-1-1' })).toBe('RUNNING');
    await clock.run();
    expect(await clinic.status({ machine: 'cycle', name: 'j1-cycle-1-1' })).toBe('SUCCEEDED');
    expect(await clinic.status({ machine: 'intake', name: 'j1-cycle-1-1' })).toBe('MISSING');
    store.close();
    clinic.close();
  });

  it('is refused where there is no file, or another clinic is named too', () => {
    expect(() => placeOf({ store: 'nowhere.sqlite' }, {})).toThrow(
      'options.store: no file "nowhere.sqlite"; the file of a clinic',
    );
    expect(() => placeOf({}, {})).toThrow(
      'options: no clinic is named; --stage STAGE, --settings FILE or --store FILE',
    );
  });
});

describe('A deployed clinic', () => {
  const mocks = [mockClient(DynamoDBClient), mockClient(SFNClient), mockClient(LambdaClient)] as const;
  const [dynamo, states, functions] = mocks;
  afterEach(() => {
    for (const mock of mocks) mock.reset();
  });

  afterAll(() => {
    for (const mock of mocks) mock.restore();
  });

  it('is where its table is: executions are asked there by their names', async () => {
    dynamo
      .on(DescribeTableCommand, { TableName: 'dev-journeys' })
      .resolves({ Table: { TableArn: 'arn:aws:dynamodb:us-west-2:111122223333:table/dev-journeys' } });
    states
      .on(DescribeExecutionCommand, {
        executionArn: 'arn:aws:states:us-west-2:111122223333:execution:dev-cycle:j1-cycle-3-2',
      })
      .resolves({ status: 'FAILED' });
    functions
      .on(GetFunctionCommand, { FunctionName: 'dev-work-outbox' })
      .resolves({ Tags: { 'program:northwest-iv': '1 2' } });
    const { status, carried, data } = await openClinic(placeOf({ stage: 'dev' }, {}));
    expect(await status({ machine: 'cycle', name: 'j1-cycle-3-2' })).toBe('FAILED');
    expect(await carried()).toEqual(['northwest-iv 1', 'northwest-iv 2']);
    expect(data.clinic.name).toBe('Throughline Clinic');
  });

  it('is refused in one line where its table is not', async () => {
    dynamo
      .on(DescribeTableCommand)
      .rejects(Object.assign(new Error('not found'), { name: 'ResourceNotFoundException' }));
    await expect(openClinic(placeOf({ stage: 'dev' }, {}))).rejects.toThrow(
      'options: table dev-journeys cannot be looked at (ResourceNotFoundException: not found); a clinic of the account and region of this shell',
    );
  });
});
