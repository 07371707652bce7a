/** Every kind of JSONata node that an expression may hold: fields, literals, comparisons, concatenation, a choice of two. */
export const allowedNodes: ReadonlySet<string> = new Set([
  'path',
  'name',
  'variable',
  'string',
  'number',
  'value',
  'binary',
  'unary',
  'condition',
  'function',
  'block',
]);

/** Comparing, combining tests and concatenating; arithmetic belongs in the domain. */
export const allowedOperators: ReadonlySet<string> = new Set('= != < <= > >= and or in &'.split(' '));

/** Tests and conversions that decide nothing. */
export const allowedFunctions: ReadonlySet<string> = new Set(['exists', 'not', 'boolean', 'string', 'merge']);

/** Time and chance: a replay would take another way. They come from functions, which have a clock that tests can turn. */
export const refusedFunctions: ReadonlySet<string> = new Set(['now', 'millis', 'random', 'uuid', 'eval', 'shuffle']);

/** What JSONata 2.0.6 and AWS know (docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html). */
export const knownFunctions: ReadonlySet<string> = new Set(
  [
    'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match',
    'contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt',
    'power random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each',
    'error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent',
    'decodeUrl eval toMillis fromMillis clone now millis partition range hash uuid parse',
  ].flatMap((line) => line.split(' ')),
);
