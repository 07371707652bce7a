import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  ThrottlingException,
  UpdateScheduleCommand,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { MessengerRefused, MessengerUnavailable } from '../../functions/messengers/errors.ts';
import { schedulerSchedules } from '../../functions/messengers/schedules.ts';

const scheduler = mockClient(SchedulerClient);
const options = {
  group: 'clinic',
  roleArn: 'arn:aws:iam::111122223333:role/schedules',
  deadLetterArn: 'arn:aws:sqs:us-west-2:111122223333:schedules-dead',
  targets: { 'send-message': 'arn:aws:lambda:us-west-2:111122223333:function:send-message:live' },
};
const schedules = schedulerSchedules(options);
const reminder = {
  name: 'j1-a2-day-before-r1',
  at: '2026-03-02T22:00:00.000Z',
  target: 'send-message',
  input: { journeyId: 'j1', messageId: 'm7' },
  usefulForSeconds: 3_600,
};
const whole = {
  Name: 'j1-a2-day-before-r1',
  GroupName: 'clinic',
  ScheduleExpression: 'at(2026-03-02T22:00:00)',
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  State: 'ENABLED',
  Target: {
    Arn: options.targets['send-message'],
    RoleArn: options.roleArn,
    Input: '{"journeyId":"j1","messageId":"m7"}',
    DeadLetterConfig: { Arn: options.deadLetterArn },
    RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 185 },
  },
};
const answer = { Message: '', message: '', $metadata: {} };
const conflict = new ConflictException(answer);
const missing = new ResourceNotFoundException(answer);
const inputs = () => scheduler.calls().map((call) => call.args[0].input);
const commands = () => scheduler.calls().map((call) => call.args[0].constructor.name);

beforeEach(() => {
  scheduler.reset();
  scheduler.on(CreateScheduleCommand).resolves({});
  scheduler.on(UpdateScheduleCommand).resolves({});
  scheduler.on(DeleteScheduleCommand).resolves({});
});

describe('putting a schedule', () => {
  it('asks for exactly this', async () => {
    await schedules.put(reminder);
    expect(inputs()).toEqual([whole]);
  });

  it('names the key that encrypts it where there is one', async () => {
    await schedulerSchedules({ ...options, kmsKeyArn: 'arn:aws:kms:us-west-2:111122223333:key/k' }).put(reminder);
    expect(inputs()).toEqual([{ ...whole, KmsKeyArn: 'arn:aws:kms:us-west-2:111122223333:key/k' }]);
  });

  it('again replaces every field of the one that exists', async () => {
    scheduler.on(CreateScheduleCommand).rejects(conflict);
    await schedules.put(reminder);
    expect(commands()).toEqual(['CreateScheduleCommand', 'UpdateScheduleCommand']);
    expect(inputs()).toEqual([whole, whole]);
  });

  it('creates it after all when the old one fires in between', async () => {
    scheduler.on(CreateScheduleCommand).rejectsOnce(conflict).resolves({});
    scheduler.on(UpdateScheduleCommand).rejects(missing);
    await schedules.put(reminder);
    expect(commands()).toEqual(['CreateScheduleCommand', 'UpdateScheduleCommand', 'CreateScheduleCommand']);
  });

  it.each([
    ['two writers at once', conflict, MessengerUnavailable],
    ['throttling', new ThrottlingException(answer), MessengerUnavailable],
    ['a wrong request', new ValidationException(answer), MessengerRefused],
  ])('tells of %s', async (_, error, kind) => {
    scheduler.on(CreateScheduleCommand).rejects(error);
    scheduler.on(UpdateScheduleCommand).rejects(error);
    await expect(schedules.put(reminder)).rejects.toThrow(kind);
  });

  it.each([
    ['2026-03-02T14:00:00-08:00', 'at(2026-03-02T22:00:00)'],
    ['2026-03-02T22:00:00.001Z', 'at(2026-03-02T22:00:01)'],
  ])('at %s fires in UTC and never early', async (at, expression) => {
    await schedules.put({ ...reminder, at });
    expect(inputs()[0]).toMatchObject({ ScheduleExpression: expression });
  });

  it.each([
    [0, 60],
    [-5, 60],
    [61.2, 62],
    [1_000_000, 86_400],
  ])('useful for %d seconds is delivered for %d', async (usefulForSeconds, age) => {
    await schedules.put({ ...reminder, usefulForSeconds });
    expect(inputs()[0]).toMatchObject({ Target: { RetryPolicy: { MaximumEventAgeInSeconds: age } } });
  });

  it.each([
    [{ name: 'x'.repeat(65) }, 'InvalidName'],
    [{ name: 'j1#a2' }, 'InvalidName'],
    [{ target: 'nobody' }, 'UnknownTarget'],
    [{ at: 'tomorrow' }, 'InvalidInstant'],
  ])('refuses %j before asking', async (change, code) => {
    await expect(schedules.put({ ...reminder, ...change })).rejects.toMatchObject({ name: 'MessengerRefused', code });
    expect(inputs()).toEqual([]);
  });
});

describe('removing a schedule', () => {
  it('asks for exactly this', async () => {
    await schedules.remove(reminder.name);
    expect(inputs()).toEqual([{ Name: reminder.name, GroupName: 'clinic' }]);
  });

  it('is done when it is gone already', async () => {
    scheduler.on(DeleteScheduleCommand).rejects(missing);
    await expect(schedules.remove(reminder.name)).resolves.toBeUndefined();
  });

  it('may be repeated after a throttle', async () => {
    scheduler.on(DeleteScheduleCommand).rejects(new ThrottlingException(answer));
    await expect(schedules.remove(reminder.name)).rejects.toThrow(MessengerUnavailable);
  });
});
