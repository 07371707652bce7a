import { setTimeout } from 'node:timers/promises';
import type { AskAws, AwsAnswer } from '../contracts/aws-answer.ts';

/** As often as AWS's SDK asks where nothing else is set (AWS SDKs and Tools Reference, retry behaviour: standard). */
const ATTEMPTS = 3;

/** The names under which AWS says that it is asked too often (the same page, throttling errors). */
const THROTTLED: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

const TRANSIENT: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** How long a second attempt waits at most, in milliseconds; undefined where asking again cannot help. */
const pauseAfter = ({ status, code }: AwsAnswer): number | undefined => {
  if (status === 429 || THROTTLED.has(code ?? '')) return 500;
  return TRANSIENT.has(status) || code === 'RequestTimeout' || code === 'RequestTimeoutException' ? 100 : undefined;
};

/** Asks again as AWS's SDK would, for requests that may be repeated: at most three times, after pauses that double, each with full jitter. */
export const askingAgain =
  (ask: AskAws, pause: (milliseconds: number) => Promise<unknown> = setTimeout): AskAws =>
  async (operation, input) => {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === ATTEMPTS;
      const answer = await ask(operation, input).catch((error: unknown) => {
        if (isLast) throw error;
        return undefined;
      });
      const longest = answer === undefined ? 100 : pauseAfter(answer);
      if (answer !== undefined && (isLast || longest === undefined)) return answer;
      await pause(Math.random() * (longest ?? 0) * 2 ** (attempt - 1));
    }
  };
