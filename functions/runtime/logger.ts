import { Logger } from '@aws-lambda-powertools/logger';

/** What may be logged: names, ids, kinds and numbers. Whole events, texts and causes never are. */
export type LogLine = {
  readonly name: string;
  readonly milliseconds?: number;
  readonly error?: string;
  readonly journeyId?: string;
};

let logger: Logger | undefined;

/** One line of the log, as JSON with the request's id. */
export const log = (level: 'info' | 'error', message: string, line: LogLine): void => {
  logger ??= new Logger({ serviceName: 'throughline' });
  logger[level](message, { ...line });
};
