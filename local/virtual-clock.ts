import { deadlineHeap } from './state-machines/deadline-heap.ts';

/** While nothing is in flight the clock jumps to the next deadline. Ties run in the order in which they were set. */
export type VirtualClock = {
  /** The instant in ISO 8601, always with milliseconds: 2026-03-02T17:00:00.000Z. */
  now(): string;
  millis(): number;
  /** A counter that grows by one with each call: it orders what happens at one instant. */
  ordinal(): number;
  /** Runs something at an instant (a past one at once, on the next turn) and returns what cancels it. */
  at(millis: number, run: () => void | Promise<void>): () => void;
  /** The instant of the next deadline in milliseconds, if there is one. */
  next(): number | undefined;
  /** Runs until no deadline is left, `until` has passed or `stop()` is true, and says which. */
  run(options?: { until?: number; stop?: () => boolean }): Promise<'idle' | 'until' | 'stopped'>;
  /** Registers work in flight: the clock does not jump before it settles. */
  track<T>(work: Promise<T>): Promise<T>;
};

/** Asked before each deadline: what to wait for where somebody else is to have a turn of the event loop first. */
export type GivingTurns = () => Promise<void> | undefined;

const eventLoopTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A turn of the event loop costs about as much as five deadlines, so it is given every so often, not each time. */
const DEADLINES_PER_TURN = 64;

const everySoOften = (): GivingTurns => {
  let fired = 0;
  return () => {
    fired += 1;
    return fired % DEADLINES_PER_TURN === 0 ? eventLoopTurn() : undefined;
  };
};

/** Whoever else the process serves waits for so many milliseconds of what falls due, and for the end of the deadline in which they pass. */
export const inSlices = (millis: number): GivingTurns => {
  let began = performance.now();
  return () => {
    if (performance.now() - began < millis) return undefined;
    return eventLoopTurn().then(() => {
      began = performance.now();
    });
  };
};

/** After how many milliseconds work that failed so is due once more; undefined where its failure is all that there is to say. */
type Again = (failure: unknown) => number | undefined;

/**
 * A clock that starts at the given instant and moves only when it is run. What fails is thrown by `run`, and forgotten unless `again`
 * says otherwise.
 */
export const virtualClock = (
  startMillis: number,
  again: Again = () => undefined,
  turn: GivingTurns = everySoOften(),
): VirtualClock => {
  const heap = deadlineHeap();
  let inFlight = 0;
  let settled: () => void = () => undefined;
  let millis = startMillis;
  let ordinal = 0;
  let text = new Date(startMillis).toISOString();
  let textOf = startMillis;
  let failures: unknown[] = [];

  const landed = (): void => {
    inFlight -= 1;
    if (inFlight === 0) settled();
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    inFlight += 1;
    work.then(landed, landed);
    return work;
  };

  const settle = async () => {
    while (inFlight > 0)
      await new Promise<void>((resolve) => {
        settled = resolve;
      });
    const [failure] = failures;
    failures = [];
    if (failure !== undefined) throw failure;
  };

  const fire = (run: () => void | Promise<void>) => {
    const failed = (failure: unknown): void => {
      failures.push(failure);
      const pause = again(failure);
      if (pause !== undefined) heap.add(millis + pause, run);
    };
    try {
      const work = run();
      if (work !== undefined) void track(work.catch(failed));
    } catch (failure) {
      failed(failure);
    }
  };

  return {
    now() {
      if (textOf !== millis) {
        text = new Date(millis).toISOString();
        textOf = millis;
      }
      return text;
    },
    millis: () => millis,
    ordinal: () => ++ordinal,
    at: (at, run) => heap.add(Math.max(at, millis), run),
    track,
    next: () => heap.peek()?.at,
    async run({ until = Number.POSITIVE_INFINITY, stop } = {}) {
      for (;;) {
        if (inFlight > 0 || failures.length > 0) await settle();
        if (stop?.() === true) return 'stopped';
        const next = heap.peek();
        if (next === undefined || next.at > until) {
          if (Number.isFinite(until) && until > millis) millis = until;
          return next === undefined ? 'idle' : 'until';
        }
        const others = turn();
        if (others !== undefined) {
          await others;
          continue;
        }
        millis = Math.max(millis, next.at);
        heap.pop();
        fire(next.run);
      }
    },
  };
};
