import { Agent, request } from 'node:http';

/** What so many clients saw of one kind of request, each asking again as soon as it has an answer. */
export type Load = {
  /** Those that are counted, and all that were made. */
  readonly requests: number;
  readonly asked: number;
  /** Milliseconds from the first byte sent to the last received. */
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly perSecond: number;
};

/** An answer that a load did not expect: its times mean nothing. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/** One request as a client makes it. */
export type Ask = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
};
export type Answered = { readonly status: number; readonly text: string };

/** A client of a server on this machine that keeps its connections. */
export const client = (url: string, connections: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ask = ({ method, path, headers, body }: Ask): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const sent = request(`${url}${path}`, { agent, method, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { ask, close: () => agent.destroy() };
};
export type Client = ReturnType<typeof client>;

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/**
 * Lets clients ask, one request after the other each, for a while or until nothing is left to ask; a first part of that is not
 * counted. Rejects with UnexpectedAnswer for any answer but 200.
 */
export const measure = async (
  { ask }: Client,
  clients: number,
  seconds: number,
  /** The next request of one client, which may follow from its last answer; undefined when it has none left. */
  next: (client: number, last: Answered | undefined) => Ask | undefined,
  counts: (asked: Ask) => boolean = () => true,
): Promise<Load> => {
  const times: number[] = [];
  const began = performance.now();
  const counting = began + seconds * 200;
  const end = began + seconds * 1_000;
  let countedFrom = 0;
  let asked = 0;
  const one = async (number: number): Promise<void> => {
    let last: Answered | undefined;
    while (performance.now() < end) {
      const wanted = next(number, last);
      if (wanted === undefined) return;
      const from = performance.now();
      asked += 1;
      last = await ask(wanted);
      const until = performance.now();
      if (last.status !== 200)
        throw new UnexpectedAnswer(`${wanted.method} ${wanted.path}: ${last.status} ${last.text.slice(0, 300)}`);
      if (from < counting) continue;
      if (countedFrom === 0) countedFrom = from;
      if (counts(wanted)) times.push(until - from);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => one(number)));
  const lasted = performance.now() - countedFrom;
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    asked,
    medianMs: at(times, 0.5),
    p99Ms: at(times, 0.99),
    perSecond: (times.length * 1_000) / lasted,
  };
};
