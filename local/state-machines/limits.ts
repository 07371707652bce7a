/** AWS's quotas, as far as the runner holds to them. */
export const limits = {
  /** Input and output of a state, a task or an execution, in bytes of UTF-8. */
  payloadBytes: 262_144,
  /** Events of one execution, the failure that ends it included. */
  historyEvents: 25_000,
  /** Lists and objects in one another, in a definition, an input or an answer; AWS names no bound, this one keeps off the stack's end. */
  nesting: 1_000,
  /** Iterations of an inline Map that run side by side, whatever its MaxConcurrency. */
  iterationsAtOnce: 40,
  /** The longest that an execution runs: one year. */
  executionMillis: 365 * 24 * 3_600_000,
  /** Measured on AWS: five boundaries, all between 99 and 101. */
  expressionDepth: 100,
  /** Measured on AWS: `[1..873782]` evaluates, one more does not. */
  expressionItems: 873_782,
  /** Measured on AWS: 2^22 characters evaluate, 2^23 do not; the bound of the items in bytes lies between. */
  expressionCharacters: 873_782 * 8,
  /** What one expression may make in all, in bytes; far more than it may hold at once. */
  expressionBytesMade: 268_435_456,
  /** Values in one result: more of them are larger than any payload. */
  expressionValues: 2_000_000,
  expressionMillis: 5_000,
  expressionSteps: 5_000_000,
  /** A definition, as JSON text. */
  definitionCharacters: 1_048_576,
  variableBytes: 262_144,
  /** All variables of one scope together; AWS counts those of an execution. */
  variablesBytes: 10_485_760,
  tokenCharacters: 2_048,
} as const;
