import * as z from 'zod';
import { parseInput } from '../problems.ts';
import { provenance } from '../program/provenance.ts';
import { count, distinct, line, positiveDuration, slug } from '../program/values.ts';
import { type CssrsLevel, cssrsLevel } from '../screening/derived.ts';
import { checkWording, licence } from './licence.ts';

const RECALLS = ['lifetime', 'since-last-contact'] as const;

const item = z.strictObject({
  id: slug,
  loinc: z.string().optional(),
  text: line.optional(),
  recall: z.union([positiveDuration, z.enum(RECALLS)]),
  /** Asked only after a yes to this item. */
  askIf: slug.optional(),
});

const fields = z.strictObject({
  id: z.enum(['cssrs-screener', 'cssrs-since-last-contact']),
  version: count,
  title: line,
  kind: z.literal('cssrs'),
  items: z.array(item).min(1),
  loinc: z.strictObject({ panel: z.string().optional(), level: z.string() }),
  licence,
  sources: z.record(z.string().min(1), line),
  provenance: z.record(z.string().min(1), provenance),
});
export type Screener = z.infer<typeof fields>;

const ITEMS = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'] as const;

/** A questionnaire of yes and no about suicide, without a sum: its level follows Columbia's triage (reference 2.4). */
export const Screener = fields.superRefine((screener, context) => {
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  const ids = screener.items.map(({ id }) => id);
  const expected = screener.id === 'cssrs-screener' ? [...ITEMS, 'q6-recent'] : ITEMS;
  if (ids.join() !== expected.join() || !distinct(ids))
    refuse(['items'], `are ${ids.join(', ')}; ${expected.join(', ')}, in this order`);
  for (const [n, { askIf }] of screener.items.entries())
    if (askIf !== undefined && !ids.slice(0, n).includes(askIf))
      refuse(['items', n, 'askIf'], `"${askIf}" is not asked before; an item before this one`);
  // The codes of single items hold for their time frame only (reference 2.3).
  if (screener.id === 'cssrs-since-last-contact' && screener.items.some(({ loinc }) => loinc !== undefined))
    refuse(['items'], 'have codes of another time frame; none are published');
  checkWording(screener, context);
});

/** Reads a screener, or throws InputRefused with one line a problem. */
export const parseScreener = (value: unknown, root = 'screener'): Screener => parseInput(Screener, value, root);

/** Answers by item id; null or absent is unanswered. */
export type YesOrNo = Readonly<Record<string, boolean | null>>;

/** The level of the screener since the last contact: behaviour since then is recent. */
export const levelSinceLastContact = (answers: YesOrNo): CssrsLevel =>
  level({ ...answers, 'q6-recent': answers.q6 ?? null });

const level = (answers: YesOrNo): CssrsLevel =>
  cssrsLevel({
    cssrs_completed: true,
    cssrs_q1: answers.q1 ?? null,
    cssrs_q2: answers.q2 ?? null,
    cssrs_q3: answers.q3 ?? null,
    cssrs_q4: answers.q4 ?? null,
    cssrs_q5: answers.q5 ?? null,
    cssrs_q6: answers.q6 ?? null,
    cssrs_q6_recent: answers['q6-recent'] ?? null,
  });

/** The level by the answers so far; the urgent ones count although others are missing. */
export const screenerLevel = ({ id }: Pick<Screener, 'id'>, answers: YesOrNo): CssrsLevel =>
  id === 'cssrs-since-last-contact' ? levelSinceLastContact(answers) : level(answers);

/** The items that are still to be asked, in order: some only after a yes. */
export const stillToAsk = ({ items }: Screener, answers: YesOrNo): string[] =>
  items
    .filter(({ id, askIf }) => (answers[id] ?? null) === null && (askIf === undefined || answers[askIf] === true))
    .map(({ id }) => id);
