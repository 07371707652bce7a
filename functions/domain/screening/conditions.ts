import * as z from 'zod';
import { keysOf } from '../names.ts';
import { type DerivationLimits, DerivedFacts, derivedFacts, inputsOfDerived } from './derived.ts';
import { FactSheet } from './facts.ts';

/** What rules may ask: the sheet and what is derived from it. */
const fields = { ...FactSheet.shape, ...DerivedFacts.shape };
export type ScreeningFacts = FactSheet & DerivedFacts;

/** The sheet with everything that rules may ask. */
export const withDerived = (facts: FactSheet, limits: DerivationLimits): ScreeningFacts => ({
  ...facts,
  ...derivedFacts(facts, limits),
});

const field = z.enum(keysOf(fields));

const equals = { field, op: z.literal('=='), threshold: z.string() };
const compares = { field, op: z.enum(['<', '<=', '>', '>=']), threshold: z.number() };
const between = { field, op: z.literal('between'), threshold: z.tuple([z.number(), z.number()]) };
const lists = { field, op: z.enum(['in', 'has_any']), threshold: z.array(z.string()).min(1) };
const isTrue = { field, op: z.literal('is_true') };

const anyCondition = z.discriminatedUnion('op', [
  z.strictObject(equals),
  z.strictObject(compares),
  z.strictObject(between),
  z.strictObject(lists),
  z.strictObject(isTrue),
]);
/** One question about one field: operator and threshold of the reference's table (1.2). */
export type Condition = z.infer<typeof anyCondition>;

/** Values of the field that a condition can only mean if the field may take them; a misspelt threshold would never fire. */
const meantValues = (condition: Condition): unknown[] => {
  switch (condition.op) {
    case 'is_true':
      return [true];
    case 'has_any':
      return condition.threshold.map((value) => [value]);
    case 'in':
    case 'between':
      return [...condition.threshold];
    default:
      return [condition.threshold];
  }
};

/** Refuses a threshold that its field can never take. */
export const checkCondition = (condition: Condition, context: z.core.$RefinementCtx): void => {
  const impossible = meantValues(condition).filter((value) => !fields[condition.field].safeParse(value).success);
  for (const value of impossible)
    context.addIssue({
      code: 'custom',
      path: [condition.op === 'is_true' ? 'op' : 'threshold'],
      message: `${condition.field} is never ${JSON.stringify(value)}; a value of the fact sheet`,
    });
  if (condition.op === 'between' && condition.threshold[0] > condition.threshold[1])
    context.addIssue({ code: 'custom', path: ['threshold'], message: 'ends before it begins; the lower value first' });
};

export const condition = anyCondition.superRefine(checkCondition);

/** A condition with further keys of its own, each combination strict. */
export const conditionWith = <S extends z.core.$ZodLooseShape>(more: S) =>
  z.discriminatedUnion('op', [
    z.strictObject({ ...more, ...equals }),
    z.strictObject({ ...more, ...compares }),
    z.strictObject({ ...more, ...between }),
    z.strictObject({ ...more, ...lists }),
    z.strictObject({ ...more, ...isTrue }),
  ]);

const compare = (value: number, op: '<' | '<=' | '>' | '>=', threshold: number): boolean => {
  if (op === '<') return value < threshold;
  if (op === '<=') return value <= threshold;
  return op === '>' ? value > threshold : value >= threshold;
};

/** The facts that somebody said so far. */
type Told = { readonly [K in keyof ScreeningFacts]?: ScreeningFacts[K] | undefined };

/** Whether a condition holds; an open fact (`null`, or not asked yet) meets no number, and is what `missing_must_know` is for. */
export const holds = (condition: Condition, facts: Told): boolean => {
  const value = facts[condition.field];
  switch (condition.op) {
    case '==':
      return value === condition.threshold;
    case 'in':
      return condition.threshold.some((each) => each === value);
    case 'has_any':
      return Array.isArray(value) && value.some((each) => condition.threshold.includes(each));
    case 'between':
      return typeof value === 'number' && value >= condition.threshold[0] && value <= condition.threshold[1];
    case 'is_true':
      return value === true;
    default:
      return typeof value === 'number' && compare(value, condition.op, condition.threshold);
  }
};

const isDerived = (field: keyof ScreeningFacts): field is keyof DerivedFacts => field in DerivedFacts.shape;

/** The answers of the sheet that made a condition hold; of a list only what was asked for. */
export const inputsOf = ({ field, ...condition }: Condition, facts: ScreeningFacts): Partial<FactSheet> => {
  if (isDerived(field)) return inputsOfDerived(field, facts);
  const value = facts[field];
  if (condition.op !== 'has_any' || !Array.isArray(value)) return { [field]: value };
  return { [field]: value.filter((each) => condition.threshold.includes(each)) };
};
