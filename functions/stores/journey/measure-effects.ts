import { measureAsked } from '../../domain/measures/asked.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { bandOf, changeSince, score } from '../../domain/measures/score.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { checkInOf } from '../../domain/program/check-ins.ts';
import { measures } from '../journey-rows.ts';
import { countUp, type Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { AnswerRefused, type Effect, type Effects, refusing } from './effect.ts';
import { countResponse } from './facts.ts';
import { heedItems, itemsAt } from './item-answers.ts';

const instrumentOf = (desk: Desk, about: string): Measure | undefined => {
  const measure = measureAsked(about);
  return measure === undefined ? undefined : desk.library.measure(measure);
};

/** Who left a form has given the answers that it holds. */
const left: Effect = async (desk, task, { data }) => {
  const instrument = instrumentOf(desk, task.ask.about ?? '');
  const answers = instrument && itemsAt(instrument, data.answers, 'data.answers');
  if (instrument !== undefined && answers !== undefined) await heedItems(desk, instrument, answers);
};

const scored: Effect = async (desk, task, { data }) => {
  const about = task.ask.about ?? '';
  const instrument = instrumentOf(desk, about);
  if (instrument === undefined) throw new AnswerRefused(`unknown measure ${about}`);
  const measure = instrument.id;
  const answers = itemsAt(instrument, data.answers, 'data.answers');
  if (answers !== undefined) await heedItems(desk, instrument, answers);
  if (answers === undefined && typeof data.total !== 'number')
    throw new AnswerRefused(`${task.id} needs data.answers, by item, or data.total, a number`);
  const total = answers === undefined ? Number(data.total) : refusing(() => score(instrument, answers)).total;
  if (total !== null && typeof data.total === 'number' && data.total !== total)
    throw new AnswerRefused(`${task.id}: data.total is not what data.answers add up to`);
  // Too little was answered for a total: the rest is asked for, and nothing is compared with half a form.
  if (total === null) return task.repetition <= REOPENINGS ? 'reopen' : undefined;
  const occurrence = await countUp(desk, desk.journey.id, `measure:${measure}`);
  const band = refusing(() => bandOf(instrument, total)) ?? 'unbanded';
  desk.put(measures, {
    journeyId: desk.journey.id,
    measure,
    occurrence,
    at: desk.now,
    total,
    band,
    point: about.slice(measure.length + 1),
  });
  desk.note(desk.journey.id, { kind: 'measure', measure, occurrence, total, band });
  if (about === `${measure}-end`) await countResponse(desk, instrument, total);
  if (checkInOf(desk.program, about) === undefined || occurrence === 1) return undefined;
  const before = await desk.get(measures, { journeyId: desk.journey.id, measure, occurrence: occurrence - 1 });
  // What wears off days after a dose is shown to the prescriber, who may change the plan.
  const worse = before !== undefined && changeSince(instrument, before.total, total).deterioration === true;
  if (worse && task.ask.cycle !== undefined)
    await startDetached(desk, { kind: 'response-review', cycle: task.ask.cycle, about: `fading-${about}` });
  return undefined;
};

/** What a questionnaire that was answered or left brings about. */
export const measureEffects: Effects = { 'answer-measure': { answered: scored, refused: left } };
