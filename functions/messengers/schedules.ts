import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { callFailure, MessengerRefused } from './errors.ts';

/** One firing in the future. `name` identifies it (at most 64 of `0-9 a-z A-Z - _ .`), `input` holds ids only. */
export type Schedule = {
  readonly name: string;
  /** ISO-8601 instant; the firing comes up to a minute later, never earlier. */
  readonly at: string;
  /** The name of a deployed function, as in the `targets` option. */
  readonly target: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** How long after `at` a delivery is still worth making; AWS keeps it between 60 and 86,400 s. */
  readonly usefulForSeconds: number;
};

/** One-time schedules: `put` makes or replaces by name, `remove` of what is gone is done; both may be repeated. */
export type Schedules = {
  put(schedule: Schedule): Promise<void>;
  remove(name: string): Promise<void>;
};

export type SchedulerOptions = {
  readonly client?: SchedulerClient;
  readonly group: string;
  /** The role that EventBridge Scheduler takes on to call the target. */
  readonly roleArn: string;
  readonly deadLetterArn: string;
  readonly targets: Readonly<Record<string, string>>;
  readonly kmsKeyArn?: string;
};

const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;
const EVENT_AGE = { least: 60, most: 86_400 };

/** `at(...)` in UTC, whole seconds, rounded up so that nothing fires before its time. */
const atExpression = (instant: string) =>
  `at(${new Date(Math.ceil(Date.parse(instant) / 1000) * 1000).toISOString().slice(0, 19)})`;

/** Keeps one-time schedules in EventBridge Scheduler; rejects with MessengerRefused or MessengerUnavailable. */
export const schedulerSchedules = (options: SchedulerOptions): Schedules => {
  const { group, roleArn, deadLetterArn, targets, kmsKeyArn } = options;
  let scheduler = options.client;
  const client = () => {
    scheduler ??= new SchedulerClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });
    return scheduler;
  };

  // UpdateSchedule resets every field that is left out, so create and update share one whole request.
  const request = ({ name, at, target, input, usefulForSeconds }: Schedule) => {
    const arn = targets[target];
    if (arn === undefined) throw new MessengerRefused('PutSchedule', { code: 'UnknownTarget' });
    if (!NAME.test(name)) throw new MessengerRefused('PutSchedule', { code: 'InvalidName' });
    if (Number.isNaN(Date.parse(at))) throw new MessengerRefused('PutSchedule', { code: 'InvalidInstant' });
    return {
      Name: name,
      GroupName: group,
      ScheduleExpression: atExpression(at),
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' as const },
      ActionAfterCompletion: 'DELETE' as const,
      State: 'ENABLED' as const,
      ...(kmsKeyArn === undefined ? {} : { KmsKeyArn: kmsKeyArn }),
      Target: {
        Arn: arn,
        RoleArn: roleArn,
        Input: JSON.stringify(input),
        DeadLetterConfig: { Arn: deadLetterArn },
        RetryPolicy: {
          MaximumEventAgeInSeconds: Math.min(Math.max(Math.ceil(usefulForSeconds), EVENT_AGE.least), EVENT_AGE.most),
          MaximumRetryAttempts: 185,
        },
      },
    };
  };

  return {
    async put(schedule) {
      const whole = request(schedule);
      const create = () => client().send(new CreateScheduleCommand(whole));
      const update = () => client().send(new UpdateScheduleCommand(whole));
      try {
        await create().catch(async (error: unknown) => {
          if (!(error instanceof ConflictException)) throw error;
          // Between the two calls the old schedule may fire and delete itself: then the name is free again.
          await update().catch(async (raced: unknown) => {
            if (!(raced instanceof ResourceNotFoundException)) throw raced;
            await create();
          });
        });
      } catch (error) {
        throw error instanceof ConflictException
          ? callFailure('PutSchedule', { name: error.name, $fault: 'server' })
          : callFailure('PutSchedule', error);
      }
    },

    async remove(name) {
      await client()
        .send(new DeleteScheduleCommand({ Name: name, GroupName: group }))
        .catch((error: unknown) => {
          if (!(error instanceof ResourceNotFoundException)) throw callFailure('DeleteSchedule', error);
        });
    },
  };
};
