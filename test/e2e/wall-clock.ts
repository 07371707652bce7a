import type { PeoplesClock } from '../../local/rehearsal/engine.ts';

/** The clock on the wall in the place of the virtual one; what fails at its time is kept, so that a test can tell it. */
export const wallClock = (): PeoplesClock & {
  readonly failures: readonly unknown[];
  stop(): void;
} => {
  const timers = new Set<NodeJS.Timeout>();
  const failures: unknown[] = [];
  return {
    failures,
    now: () => new Date().toISOString(),
    millis: () => Date.now(),
    at(millis, run) {
      const fire = async () => {
        timers.delete(timer);
        try {
          await run();
        } catch (error) {
          failures.push(error);
        }
      };
      const timer = setTimeout(() => void fire(), Math.max(0, millis - Date.now()));
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
};
