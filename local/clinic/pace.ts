import type { VirtualClock } from '../virtual-clock.ts';

type Options = {
  readonly clock: VirtualClock;
  /** Milliseconds of the wall's clock. */
  readonly wall?: () => number;
  /** How many seconds of the clinic pass in one of the wall's; 0 stands still. */
  readonly speed?: number;
  /** Told of work that failed: one function that fails must not stop the clinic, and what it left is tried again. */
  readonly onFailure: (failure: unknown) => void;
};

/** However far the next deadline is, the clock is looked at so often (milliseconds of the wall): something may have come in. */
const BEAT = { least: 5, most: 200 };

/** Lets a virtual clock keep pace with the wall's, at some speed; one piece of work at a time. */
export const pacing = ({ clock, wall = Date.now, speed: first = 1, onFailure }: Options) => {
  let speed = first;
  let base = { wall: wall(), clock: clock.millis() };
  let turn: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const due = (): number => base.clock + (wall() - base.wall) * speed;

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const runUntil = async (until: number): Promise<void> => {
    for (;;) {
      try {
        await clock.run({ until });
        return;
      } catch (failure) {
        onFailure(failure);
      }
    }
  };

  const rebase = (): void => {
    base = { wall: wall(), clock: clock.millis() };
  };

  /** Everything that is due by now happens. */
  const catchUp = (): Promise<void> => inTurn(() => runUntil(Math.max(due(), clock.millis())));

  const untilNext = (): number => {
    const next = clock.next();
    const wait = next === undefined || speed === 0 ? BEAT.most : (next - due()) / speed;
    return Math.min(Math.max(wait, BEAT.least), BEAT.most);
  };

  const beat = (): void => {
    timer = setTimeout(async () => {
      await catchUp();
      if (timer !== undefined) beat();
    }, untilNext());
  };

  return {
    speed: () => speed,
    catchUp,
    /** Goes on at another speed from now. */
    setSpeed: (changed: number): Promise<void> =>
      inTurn(async () => {
        await runUntil(Math.max(due(), clock.millis()));
        rebase();
        speed = changed;
      }),
    /** Jumps from deadline to deadline until `happened` says so; false if nothing is left that could. */
    jump: (happened: () => boolean): Promise<boolean> =>
      inTurn(async () => {
        while (!happened()) {
          const next = clock.next();
          if (next === undefined) return false;
          await runUntil(next);
        }
        rebase();
        return true;
      }),
    begin: beat,
    /** Stops after what is under way. */
    async end(): Promise<void> {
      clearTimeout(timer);
      timer = undefined;
      await turn;
    },
  };
};

export type Pace = ReturnType<typeof pacing>;
