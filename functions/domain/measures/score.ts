import type { Measure } from './measure.ts';

/** A total that the instrument cannot have; ids and figures only. */
export class NotATotal extends Error {
  override readonly name = 'NotATotal';
  readonly measure: string;
  constructor(measure: string, options?: ErrorOptions) {
    super(`not a total of ${measure}`, options);
    this.measure = measure;
  }
}

/** An answer that an item cannot have. */
export class NotAnAnswer extends Error {
  override readonly name = 'NotAnAnswer';
  readonly measure: string;
  readonly item: string;
  constructor(measure: string, item: string, options?: ErrorOptions) {
    super(`not an answer to ${item} of ${measure}`, options);
    this.measure = measure;
    this.item = item;
  }
}

const isTotal = ({ min, max, factor }: Measure, total: number): boolean =>
  Number.isInteger(total) && total >= min && total <= max && total % factor === 0;

/** The name of the band in which a total lies, or null where the instrument has no validated bands. */
export const bandOf = (measure: Measure, total: number): string | null => {
  if (!isTotal(measure, total)) throw new NotATotal(measure.id);
  return measure.bands.find(({ from, to }) => total >= from && total <= to)?.id ?? null;
};

/** The sexes by which a cut-off may differ; X has the lower one. */
export type Sex = 'F' | 'M' | 'X';

/** Whether a total says "look further"; null where the instrument has no cut-off. */
export const isPositive = (
  { positiveFrom, positiveTo, positiveBySex }: Measure,
  total: number,
  sex: Sex = 'X',
): boolean | null => {
  const from = positiveBySex?.[sex] ?? positiveFrom;
  if (from !== undefined) return total >= from;
  return positiveTo !== undefined ? total <= positiveTo : null;
};

/**
 * How a total moved since baseline: points for the better are positive, the share is of the baseline. A reliable or meaningful
 * change goes either way; `deterioration` says that it is for the worse. Each rule is null where the instrument has none.
 */
export type Change = {
  points: number;
  share: number | null;
  response: boolean | null;
  remission: boolean | null;
  reliableChange: boolean | null;
  meaningfulChange: boolean | null;
  deterioration: boolean | null;
};

/** Compares a total with the baseline: response, remission, reliable change and deterioration (reference 2.2). */
export const changeSince = (measure: Measure, baseline: number, total: number): Change => {
  if (!isTotal(measure, baseline) || !isTotal(measure, total)) throw new NotATotal(measure.id);
  const { change, higherIs } = measure;
  const points = higherIs === 'worse' ? baseline - total : total - baseline;
  const share = baseline > 0 ? points / baseline : null;
  const threshold = change.reliable ?? change.meaningful;
  return {
    points,
    share,
    response: change.responseReduction === undefined ? null : share !== null && share >= change.responseReduction,
    remission: change.remissionBelow === undefined ? null : total < change.remissionBelow,
    reliableChange: change.reliable === undefined ? null : Math.abs(points) >= change.reliable,
    meaningfulChange: change.meaningful === undefined ? null : Math.abs(points) >= change.meaningful,
    deterioration: threshold === undefined ? null : -points >= threshold,
  };
};

/** Answers by item id; null or absent is unanswered. */
export type Answers = Readonly<Record<string, number | null>>;

export type Score = { total: number | null; prorated: boolean; missing: string[]; flags: string[] };

/** Items about suicide, evaluated as they are answered: those answered with anything but the lowest (reference 2.2). */
export const safetyFlags = ({ items, answers: range }: Measure, answers: Answers): string[] =>
  items.filter(({ id, safety }) => safety === true && (answers[id] ?? range.min) > range.min).map(({ id }) => id);

/** Whether every group of symptoms has its number of items: a provisional diagnosis, which a clinician makes or not. */
const meetsClusters = ({ clusters }: Measure, answers: Answers): boolean =>
  clusters?.need.every(
    ({ items, atLeast }) => items.filter((id) => (answers[id] ?? 0) >= clusters.from).length >= atLeast,
  ) ?? false;

/** Everything that a total and its answers say beyond the number: safety items, cut-offs, groups of symptoms. */
const flagsOf = (measure: Measure, total: number | null, answers: Answers, sex: Sex): string[] => [
  ...safetyFlags(measure, answers),
  ...(total !== null && isPositive(measure, total, sex) ? ['positive'] : []),
  ...(measure.cutOffs ?? []).flatMap(({ id, from }) => (total !== null && total >= from ? [id] : [])),
  ...(total !== null && meetsClusters(measure, answers) ? ['clusters-met'] : []),
];

const checkAnswers = ({ id: measure, items, answers: { min, max } }: Measure, answers: Answers): void => {
  for (const { id } of items) {
    const answer = answers[id] ?? min;
    if (!Number.isInteger(answer) || answer < min || answer > max) throw new NotAnAnswer(measure, id);
  }
};

/**
 * Adds up the answers; a few unanswered items are made up for by the mean of the others, a safety item never. Without a
 * total the safety items still tell.
 */
export const score = (measure: Measure, answers: Answers, sex: Sex = 'X'): Score => {
  checkAnswers(measure, answers);
  const { min, max } = measure.answers;
  const ended = measure.zeroAt !== undefined && answers[measure.zeroAt] === min;
  const scored = measure.items.filter(({ scored: counts }) => counts);
  const known = scored.flatMap(({ id, reversed }) => {
    const answer = answers[id] ?? null;
    if (answer === null) return [];
    return [reversed === true ? max - answer : answer];
  });
  const missing = ended ? [] : scored.filter(({ id }) => (answers[id] ?? null) === null);
  const tooFew = missing.length > measure.prorateAtMost || missing.some(({ safety }) => safety === true);
  const sum = known.reduce((all, each) => all + each, 0);
  const raw = known.length === 0 || ended ? 0 : Math.round((sum * scored.length) / known.length);
  const total = tooFew ? null : raw * measure.factor;
  return {
    total,
    prorated: !tooFew && missing.length > 0,
    missing: missing.map(({ id }) => id),
    flags: flagsOf(measure, total, answers, sex),
  };
};
