/** What may be logged: names, ids, kinds and numbers. Whole events, texts and causes never are. */
export type LogLine = {
  readonly name: string;
  readonly milliseconds?: number;
  readonly error?: string;
  readonly journeyId?: string;
};

/** One line of the log. Functions log in Lambda's own JSON format, which adds the time, the level and the request's id. */
export const log = (level: 'info' | 'error', message: string, line: LogLine): void => {
  console[level]({ message, ...line });
};
