import { busEvents } from '../../messengers/events.ts';
import { schedulerSchedules } from '../../messengers/schedules.ts';
import { systemClock } from '../../runtime/clock.ts';
import { env } from '../../runtime/env.ts';
import { rebookAbsence } from '../../stores/journey/absence-command.ts';
import { claimMessage } from '../../stores/journey/claim-message.ts';
import { keepDeadline } from '../../stores/journey/deadlines.ts';
import { replay } from '../../stores/journey/main-line.ts';
import { lastSignal, messageAt, pendingItem, pendingItems, setAside, strikeOff } from '../../stores/journey/outbox.ts';
import { recordSending } from '../../stores/journey/record-sending.ts';
import { replanAppointment } from '../../stores/journey/replan-appointment.ts';
import { releaseOf, takenUp, wasTakenUp } from '../../stores/journey/waits.ts';
import type { OutboxDeps, OutboxJourneys } from '../outbox/carry-out.ts';
import { wireAct } from './journeys.ts';
import { wireSenders } from './senders.ts';
import { wireWorkflows } from './workflows.ts';

const journeys = (): OutboxJourneys => ({
  claimMessage: wireAct(claimMessage),
  recordSending: wireAct(recordSending),
  pendingItem: wireAct(pendingItem),
  pendingItems: wireAct(pendingItems),
  strikeOff: wireAct(strikeOff),
  setAside: wireAct(setAside),
  releaseOf: wireAct(releaseOf),
  takenUp: wireAct(takenUp),
  wasTakenUp: wireAct(wasTakenUp),
  lastSignal: wireAct(lastSignal),
  messageAt: wireAct(messageAt),
  keepDeadline: wireAct(keepDeadline),
  replay: wireAct(replay),
  rebookAbsence: wireAct(rebookAbsence),
  replanAppointment: wireAct(replanAppointment),
});

/** All that the outbox reaches on AWS. */
export const wireOutbox = (): OutboxDeps => ({
  journeys: journeys(),
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
