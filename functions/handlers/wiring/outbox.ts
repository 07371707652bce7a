import { busEvents } from '../../messengers/events.ts';
import { schedulerSchedules } from '../../messengers/schedules.ts';
import { systemClock } from '../../runtime/clock.ts';
import { env } from '../../runtime/env.ts';
import { journeyStore } from '../../stores/journey-store.ts';
import type { OutboxDeps } from '../outbox/carry-out.ts';
import { journeyPorts } from './journeys.ts';
import { wireSenders } from './senders.ts';
import { wireWorkflows } from './workflows.ts';

/** All that the outbox reaches on AWS. */
export const wireOutbox = (): OutboxDeps => ({
  journeys: journeyStore(journeyPorts()),
  ...wireSenders(),
  now: systemClock,
  workflows: wireWorkflows(),
  schedules: schedulerSchedules({
    group: env('SCHEDULE_GROUP'),
    roleArn: env('SCHEDULE_ROLE'),
    deadLetterArn: env('SCHEDULE_DEAD_LETTERS'),
    targets: { 'send-message': env('SEND_MESSAGE_ARN'), 'on-deadline': env('ON_DEADLINE_ARN') },
  }),
  events: busEvents({ busName: env('BUS'), source: 'throughline' }),
});
