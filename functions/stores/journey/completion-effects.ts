import { completionGaps } from '../../domain/follow-up/completion.ts';
import { isWorthAsking } from '../../domain/follow-up/measures.ts';
import type { Task } from '../../domain/journey/task.ts';
import { measureAsked } from '../../domain/measures/asked.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { continuationWith } from '../../domain/partners/offer.ts';
import { askIdOf, isOwedCare, taskIdOf } from '../../domain/tasks/ask.ts';
import { plusLocal } from '../../domain/time/local.ts';
import { nextWorking } from '../../domain/time/working-hours.ts';
import { tasks } from '../journey-rows.ts';
import { calledAbout } from './called-about.ts';
import { contact, followUp } from './contacting.ts';
import { cyclesOf } from './cycles.ts';
import { countUp, type Desk, setEnding } from './desk.ts';
import { startDetached } from './detached.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { MAIN } from './main-line.ts';
import { reopen } from './plan-task.ts';
import { openSafetyEvent } from './safety.ts';

const called: Effect = async (desk, call) => {
  await contact(desk, true);
  const about = await calledAbout(desk, call);
  if (about === undefined) return;
  // A patient may refuse a questionnaire and go on; so may one who is reached and leaves it.
  if (isOwedCare(about.ask) || (about.kind === 'answer-measure' && !(await isAskedAgain(desk, about)))) {
    await giveUp(desk, about);
    return;
  }
  if (about.repetition > REOPENINGS) {
    setEnding(desk, {
      kind: 'unresponsive',
      reason: `${about.kind} was not answered, though the patient was reached`,
      at: desk.now,
    });
    await giveUp(desk, about);
    return;
  }
  desk.put(tasks, { ...about, callTaskId: null });
  await reopen(desk, about);
};

/** Whether a questionnaire that was left is asked for once more, now that the patient was reached. */
const isAskedAgain = async (desk: Desk, task: Task): Promise<boolean> => {
  if (task.repetition > REOPENINGS) return false;
  const { journeyId, ask } = task;
  const about = ask.about ?? '';
  const id = measureAsked(about);
  const first = await desk.get(tasks, { journeyId, id: taskIdOf({ ...task, repetition: 1 }) });
  const isDosed = (await cyclesOf(desk)).some(({ startedAt }) => startedAt !== null);
  const measure = desk.program.measures.find((each) => each.id === id);
  const { zone } = desk.journey;
  return isWorthAsking({ about, firstOpenedAt: first?.openedAt ?? null, isDosed, measure, zone }, desk.now);
};

/** Releases whoever waits for a patient's task that nobody will answer any more. */
const giveUp = async (desk: Desk, about: Task): Promise<void> => {
  desk.put(tasks, { ...about, callTaskId: null });
  desk.follow({ kind: 'resume-wait', journeyId: about.journeyId, waitId: askIdOf(about) });
};

const notCalled: Effect = async (desk, call, { by }) => {
  const about = await calledAbout(desk, call);
  const after = await contact(desk, false);
  if (about === undefined) return;
  if (about.kind === 'home-safe') {
    // Nobody knows whether somebody who had a dose today came home: that cannot wait for a call on another day.
    await openSafetyEvent(desk, { type: 'adverse-event', severity: null, source: about.kind, by: by.id });
    await giveUp(desk, about);
    return;
  }
  // Counted by the calls, not by the contacts: who answers something else in between is called anew all the same, as often as any step is repeated.
  const calls = (await countUp(desk, desk.journey.id, `calls:${about.id}`)) + 1;
  if (after === 'go-on' && calls > REOPENINGS + 1)
    setEnding(desk, {
      kind: 'unresponsive',
      reason: `not reached in ${calls - 1} calls about ${about.kind}`,
      at: desk.now,
    });
  if (after === 'over' || calls > REOPENINGS + 1) {
    await giveUp(desk, about);
    return;
  }
  const { clinic } = desk;
  const opensAt =
    nextWorking(plusLocal(desk.now, 'P1D', clinic.zone), {
      hours: clinic.hours,
      holidays: clinic.holidays,
      zone: clinic.zone,
    }) ?? desk.now;
  const again = `${about.id}-${calls}`;
  await startDetached(desk, { kind: 'call-patient', about: again, opensAt });
  desk.put(tasks, { ...about, callTaskId: `call-patient-${again}-1` });
};

const followedUp =
  (reached: boolean): Effect =>
  (desk, task) =>
    followUp(desk, task, reached);

const goesOn: Effect = async (desk, _task, { answer }) => {
  desk.keep({ continuing: answer });
  const { partner } = desk.journey;
  if (answer !== 'same-therapist' || partner === null || !desk.program.continuation.offerSameTherapist) return;
  // It is settled once the practice has confirmed it too.
  await startDetached(desk, { kind: 'partner-offer', about: continuationWith(partner) });
};

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/** A journey is summed up when all that completes it is done, or planned; what is not needs a reason (reference 5). */
const summed: Effect = async (desk, task, { data, reason }) => {
  const gaps = completionGaps(textsOf(data.done), desk.library.care().followUp);
  if (gaps.length > 0 && (reason ?? '').trim() === '')
    throw new AnswerRefused(`${task.id}: data.done lacks ${gaps.join(', ')}; all of them, or a reason`);
};

/**
 * Starts what failed again from the stored state, once for each failed epoch: the main line, a task that stands by itself or a safety event.
 * Tasks that lost their wait are no failed execution; a person handles those.
 */
const replayed: Effect = async (desk, task) => {
  const [, line = '', epoch] = /^(.*)-(\d+)$/.exec(task.ask.about ?? '') ?? [];
  if (epoch === undefined || line.startsWith('orphans'))
    throw new AnswerRefused(`${task.id} names no execution that could be replayed`);
  const main = /^(intake|cycle|completion)-\d+$/.test(line);
  desk.follow({ kind: 'replay', journeyId: desk.journey.id, line: main ? MAIN : line, failedEpoch: Number(epoch) });
};

/** What the answers at the end of a journey, to questionnaires and to calls bring about. */
export const completionEffects: Effects = {
  'resolve-failure': { replay: replayed },
  'outcome-summary': { written: summed },
  'call-patient': { reached: called, 'not-reached': notCalled },
  'follow-up-contact': { reached: followedUp(true), 'not-reached': followedUp(false) },
  'continuing-care': { 'same-therapist': goesOn, 'own-therapist': goesOn, none: goesOn },
};
