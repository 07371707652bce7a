import * as z from 'zod';
import type { Measure } from '../../domain/measures/measure.ts';
import { safetyFlags, score } from '../../domain/measures/score.ts';
import { afterAnswers } from '../../domain/measures/suicide-items.ts';
import { parseInput } from '../../domain/problems.ts';
import { slug } from '../../domain/program/values.ts';
import { screenerAnew } from '../../domain/screening/derived.ts';
import { isUrgentScreener, SCREENER } from '../../domain/tasks/ask.ts';
import { plus } from '../../domain/time/instants.ts';
import { clinicals } from '../journey-rows.ts';
import { countUp, type Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { AnswerRefused, refusing } from './effect.ts';
import { pendingTasks } from './signals.ts';

const ItemAnswers = z.record(slug, z.int().nullable());
export type ItemAnswers = z.infer<typeof ItemAnswers>;

/** The answers by item that came with a form at a place of its record; undefined where none did. */
export const itemsAt = (instrument: Measure, value: unknown, place: string): ItemAnswers | undefined => {
  if (value === undefined) return undefined;
  const answers = refusing(() => parseInput(ItemAnswers, value, place));
  const ids = instrument.items.map(({ id }) => id);
  const unknown = Object.keys(answers).find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new AnswerRefused(`${place}: unknown item "${unknown}"; one of ${ids.join(', ')}`);
  refusing(() => score(instrument, answers));
  return answers;
};

/** A yes about suicide in another form: the screener comes next, in the same sitting, and its old answers no longer stand. */
const askScreener = async (desk: Desk, item9: number): Promise<void> => {
  const clinical = await desk.need(clinicals, desk.journey.id);
  desk.put(clinicals, { ...clinical, facts: { ...clinical.facts, phq9_item9: item9, ...screenerAnew() } });
  if ((await pendingTasks(desk, 'rescreen')).some(({ ask }) => isUrgentScreener(ask))) return;
  await startDetached(desk, {
    kind: 'rescreen',
    about: `${SCREENER}-${await countUp(desk, desk.journey.id, SCREENER)}`,
    dueAt: plus(desk.now, desk.clinic.policy.safety.screenerWithin),
  });
};

/** An answer about suicide that is not a no brings the screener in the write that takes it, whatever form it came with. */
export const heedItems = async (desk: Desk, instrument: Measure, answers: ItemAnswers): Promise<void> => {
  if (afterAnswers(instrument, answers) === 'ask-screener')
    await askScreener(desk, Math.max(...safetyFlags(instrument, answers).map((id) => answers[id] ?? 0)));
};
