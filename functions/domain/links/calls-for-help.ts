import * as z from 'zod';
import type { Task } from '../journey/task.ts';
import type { JsonRecord } from '../json-record.ts';
import type { Measure } from '../measures/measure.ts';
import { afterAnswers } from '../measures/suicide-items.ts';
import type { TaskKind } from '../names.ts';
import { isEmergency, PatientFacts } from '../screening/patient-facts.ts';
import type { Ruleset } from '../screening/ruleset.ts';

const ANSWERS: Readonly<Partial<Record<TaskKind, string>>> = {
  'home-safe': 'need-help',
  'next-day-check-in': 'concern',
};

const ItemAnswers = z.record(z.string(), z.int().nullable());

type Answered = { readonly answer: string; readonly data: JsonRecord };
type Around = { readonly measure: Measure | undefined; readonly ruleset: Pick<Ruleset, 'rules'> };

/**
 * Whether who gave this answer is shown at once whom to call, at any hour: they need help, a question about suicide was not a no
 * (reference 2.2), or what they say is an emergency by the rules of the screening.
 */
export const callsForHelp = (
  { kind }: Pick<Task, 'kind'>,
  { answer, data }: Answered,
  { measure, ruleset }: Around,
): boolean => {
  if (ANSWERS[kind] === answer) return true;
  const items = ItemAnswers.safeParse(data.answers ?? data.phq9).data;
  if (measure !== undefined && items !== undefined && afterAnswers(measure, items) === 'ask-screener') return true;
  const told = PatientFacts.safeParse(data.facts).data;
  return told !== undefined && isEmergency(told, ruleset.rules);
};
