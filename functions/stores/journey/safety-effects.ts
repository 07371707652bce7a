import type { SafetyEvent } from '../../domain/journey/safety-event.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { safetyEvents } from '../journey-rows.ts';
import { contact } from './contacting.ts';
import { type Desk, placeHold } from './desk.ts';
import type { Effect, Effects } from './effect.ts';
import { endByClinician } from './ending.ts';
import { carryEvent, holdOf, holdsSeries, noteSafety, releaseFrom } from './safety.ts';
import { postSignal } from './signals.ts';

const eventOf = (desk: Desk, about: string | undefined): Promise<SafetyEvent> =>
  desk.need(safetyEvents, { journeyId: desk.journey.id, id: (about ?? '').split(':')[0] ?? '' });

const acknowledged: Effect = async (desk, task, { by }) => {
  const event = await eventOf(desk, task.ask.about);
  desk.put(safetyEvents, { ...event, acknowledgedBy: by.id, acknowledgedAt: desk.now });
  noteSafety(desk, event, 'acknowledged', { by: by.id });
};

const decide =
  (decision: 'resume' | 'hold' | 'stop'): Effect =>
  async (desk, task, { by, reason }) => {
    const event = await eventOf(desk, task.ask.about);
    // A hold that is kept for the fourth time is a no to what it holds (rehearsal: Repetition).
    if (decision === 'hold' && event.round > REOPENINGS) {
      await decide('stop')(desk, task, { answer: 'stop', by, reason: reason ?? 'hold for the fourth time', data: {} });
      return;
    }
    desk.put(safetyEvents, { ...event, decision, decidedBy: by.id, decidedAt: desk.now });
    noteSafety(desk, event, 'decided', { by: by.id, answer: decision });
    if (!holdsSeries(desk, event)) {
      await settleMild(desk, event, decision, by.id);
      return;
    }
    if (decision === 'resume') {
      await postSignal(desk, { cause: 'hold-lifted', gates: true });
      await releaseFrom(desk, event, by.id);
    }
    if (decision === 'stop') {
      await endByClinician(desk, reason ?? 'safety-decision: stop');
    }
  };

/** A mild event ends with its review; one that the provider finds worse than that holds the series and is followed up. */
const settleMild = async (
  desk: Desk,
  event: SafetyEvent,
  decision: 'resume' | 'hold' | 'stop',
  by: string,
): Promise<void> => {
  if (decision === 'stop') await endByClinician(desk, 'safety-decision: stop');
  if (decision !== 'hold') {
    desk.put(safetyEvents, { ...event, decision, decidedBy: by, closedAt: desk.now });
    noteSafety(desk, event, 'closed');
    await postSignal(desk, { cause: 'event-reviewed', gates: true });
    return;
  }
  desk.put(safetyEvents, { ...event, decision, decidedBy: by, decidedAt: desk.now, severity: null });
  placeHold(desk, holdOf(event), by);
  noteSafety(desk, event, 'hold');
  carryEvent(desk, event);
};

const followed: Effect = async (desk, task, { by }) => {
  const event = await eventOf(desk, task.ask.about);
  desk.put(safetyEvents, { ...event, followedUpAt: desk.now });
  noteSafety(desk, event, 'followed-up', { by: by.id });
  if (task.role !== 'medical-director') await contact(desk, true);
};

/** A patient who was not reached is not followed up; the medical director, who has it in the end, says what was done instead and answers for it. */
const notReached: Effect = async (desk, task, given) => {
  if (task.role === 'medical-director') await followed(desk, task, given);
  else await contact(desk, false);
};

/** A journey that is over but for its reports need wait no longer. */
const reported: Effect = async (desk) => {
  if (desk.journey.ending !== null) await postSignal(desk, { cause: 'reported', gates: true });
};

/** What clinicians' answers to a safety event bring about. */
export const safetyEffects: Effects = {
  'acknowledge-safety': { acknowledged },
  'safety-decision': { resume: decide('resume'), hold: decide('hold'), stop: decide('stop') },
  'regulatory-report': { filed: reported, 'not-required': reported },
  'safety-follow-up': { done: followed, 'not-reached': notReached },
};
