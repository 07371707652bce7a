import * as z from 'zod';
import { measureAsked } from '../../domain/measures/asked.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { bandOf, changeSince, safetyFlags, score } from '../../domain/measures/score.ts';
import { afterAnswers } from '../../domain/measures/suicide-items.ts';
import { REOPENINGS } from '../../domain/names.ts';
import { parseInput } from '../../domain/problems.ts';
import { checkInOf } from '../../domain/program/check-ins.ts';
import { slug } from '../../domain/program/values.ts';
import { measures } from '../journey-rows.ts';
import { countUp, type Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { AnswerRefused, type Effect, type Effects, type Given, refusing } from './effect.ts';
import { countResponse } from './facts.ts';
import { askScreener } from './screening-effects.ts';

const instrumentOf = (desk: Desk, about: string): Measure | undefined => {
  const measure = measureAsked(about);
  return measure === undefined ? undefined : desk.library.measure(measure);
};

const ItemAnswers = z.record(slug, z.int().nullable());

/** The answers by item that came with a form; one about suicide that is not a no brings the screener in the same write. */
const heedItems = async (
  desk: Desk,
  instrument: Measure,
  data: Given['data'],
): Promise<z.infer<typeof ItemAnswers> | undefined> => {
  if (data.answers === undefined) return undefined;
  const answers = refusing(() => parseInput(ItemAnswers, data.answers, 'data.answers'));
  const ids = instrument.items.map(({ id }) => id);
  const unknown = Object.keys(answers).find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new AnswerRefused(`data.answers: unknown item "${unknown}"; one of ${ids.join(', ')}`);
  refusing(() => score(instrument, answers));
  if (afterAnswers(instrument, answers) === 'ask-screener')
    await askScreener(desk, Math.max(...safetyFlags(instrument, answers).map((id) => answers[id] ?? 0)));
  return answers;
};

/** Who left a form has given the answers that it holds. */
const left: Effect = async (desk, task, { data }) => {
  const instrument = instrumentOf(desk, task.ask.about ?? '');
  if (instrument !== undefined) await heedItems(desk, instrument, data);
};

const scored: Effect = async (desk, task, { data }) => {
  const about = task.ask.about ?? '';
  const instrument = instrumentOf(desk, about);
  if (instrument === undefined) throw new AnswerRefused(`unknown measure ${about}`);
  const measure = instrument.id;
  const answers = await heedItems(desk, instrument, data);
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
