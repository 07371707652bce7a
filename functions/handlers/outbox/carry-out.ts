import { mainExecution, safetyExecution, taskExecution } from '../../contracts/execution-name.ts';
import type { OutboxItem } from '../../contracts/outbox.ts';
import type { Deadline } from '../../domain/journey/deadlines.ts';
import { scheduleName } from '../../domain/ledger/plan-message.ts';
import { TaskDoesNotExist, TaskTimedOut } from '../../messengers/errors.ts';
import type { DomainEvents } from '../../messengers/events.ts';
import type { Schedules } from '../../messengers/schedules.ts';
import type { Workflows } from '../../messengers/workflows.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import type { Carried } from './carried.ts';
import { type SendDeps, sendNow } from './send-now.ts';

/** What follows a commit, of all that the store can do. */
export type OutboxJourneys = SendDeps['journeys'] &
  Pick<
    JourneyStore,
    | 'pendingItem'
    | 'pendingItems'
    | 'strikeOff'
    | 'setAside'
    | 'releaseOf'
    | 'takenUp'
    | 'wasTakenUp'
    | 'lastSignal'
    | 'messageAt'
    | 'keepDeadline'
    | 'replay'
    | 'rebookAbsence'
    | 'replanAppointment'
  >;

export type OutboxDeps = Omit<SendDeps, 'journeys'> & {
  readonly journeys: OutboxJourneys;
  readonly workflows: Workflows;
  readonly schedules: Schedules;
  readonly events: DomainEvents;
};

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Resumes a wait; where it is gone already, the store must show that somebody took the answer up, or the item stays pending. */
const resume = async (
  { journeys, workflows }: OutboxDeps,
  item: { journeyId: string; waitId: string },
): Promise<Carried> => {
  const released = await journeys.releaseOf(item);
  if (released === null) return 'done';
  const { token, answer } = released;
  try {
    await workflows.succeed(token, answer);
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist)
      return (await journeys.wasTakenUp({ ...item, token })) ? 'done' : 'pending';
    throw error;
  }
  return (await journeys.takenUp({ ...item, token, taskId: answer.taskId })) ? 'struck' : 'done';
};

const schedule = async (
  { journeys, schedules }: OutboxDeps,
  name: { journeyId: string; messageId: string },
): Promise<void> => {
  const message = await journeys.messageAt({ journeyId: name.journeyId, id: name.messageId });
  if (message === undefined || message.state !== 'planned') return;
  const until = message.usefulUntil ?? message.sendAt;
  await schedules.put({
    name: scheduleName(name.journeyId, name.messageId),
    at: message.sendAt,
    target: 'send-message',
    input: { ...name },
    usefulForSeconds: Math.max(HOUR, Math.floor((Date.parse(until) - Date.parse(message.sendAt)) / 1000)),
  });
};

/** A deadline has one schedule in its journey; it says nothing of the person. */
const keepDeadline = async (
  { journeys, schedules }: OutboxDeps,
  { journeyId, deadline }: { journeyId: string; deadline: Deadline },
): Promise<void> => {
  const name = `${journeyId}.${deadline}`;
  const { at } = await journeys.keepDeadline({ journeyId, deadline });
  if (at === null) await schedules.remove(name);
  else await schedules.put({ name, at, target: 'on-deadline', input: { journeyId, deadline }, usefulForSeconds: DAY });
};

/** Carries one outbox item out. Doing it twice does no harm. */
export const carryOut =
  (deps: OutboxDeps) =>
  async (item: OutboxItem): Promise<Carried> => {
    const { journeys, workflows, schedules, events } = deps;
    const { journeyId } = item;
    switch (item.kind) {
      case 'resume-wait':
        return resume(deps, item);
      case 'start-task': {
        const run = { journeyId, line: item.line, epoch: item.epoch };
        const seen = await journeys.lastSignal(journeyId);
        await workflows.start({
          ...taskExecution(run),
          input: { run, ask: item.ask, seen },
        });
        return 'done';
      }
      case 'start-execution': {
        const { machine, number, epoch } = item;
        const run = { journeyId, line: 'main', epoch };
        await workflows.start({
          ...mainExecution({ journeyId, machine, number, epoch }),
          input: { run, number },
        });
        return 'done';
      }
      case 'start-safety-event': {
        const run = { journeyId, line: `safety-${item.eventId}`, epoch: item.epoch };
        await workflows.start({
          ...safetyExecution(item),
          input: { run, eventId: item.eventId },
        });
        return 'done';
      }
      case 'replay':
        await journeys.replay({ journeyId, line: item.line, failedEpoch: item.failedEpoch });
        return 'done';
      case 'send-message':
        return sendNow(deps)({ journeyId, messageId: item.messageId });
      case 'schedule-message':
        await schedule(deps, { journeyId, messageId: item.messageId });
        return 'done';
      case 'drop-schedule':
        await schedules.remove(item.name);
        return 'done';
      case 'rebook-absence':
        await journeys.rebookAbsence(item);
        return 'done';
      case 'keep-deadline':
        await keepDeadline(deps, item);
        return 'done';
      case 'replan-appointment':
        await journeys.replanAppointment(item);
        return 'struck';
      case 'publish-event':
        await events.publish([
          {
            kind: item.event,
            journeyId,
            at: item.at,
            id: `${journeyId}-${item.id}`,
            ...(item.appointmentId !== undefined && { appointmentId: item.appointmentId }),
          },
        ]);
        return 'done';
    }
  };
