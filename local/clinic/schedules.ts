import type { Schedule, Schedules } from '../../functions/messengers/schedules.ts';
import type { VirtualClock } from '../virtual-clock.ts';

export type LocalSchedules = {
  readonly schedules: Schedules;
  readonly usage: { schedules: number };
  /** Of those that have not fired. */
  names(): string[];
  /** Of those of one journey that have not fired. */
  namesOf(journeyId: string): string[];
};

/** Where schedules outlive the process. */
export type ScheduleBook = {
  put(schedule: Schedule): void;
  remove(name: string): void;
  all(): readonly Schedule[];
};

type Fire = (target: string, input: unknown) => Promise<unknown>;

/** A delivery that failed is made again after so long, as EventBridge Scheduler does, while it is still useful. */
const AGAIN_AFTER = 60_000;

/** One-time schedules on the virtual clock, by name; `fire` calls the target with its input. */
export const localSchedules = (clock: VirtualClock, fire: Fire, book?: ScheduleBook): LocalSchedules => {
  const pending = new Map<string, () => void>();
  const usage = { schedules: 0 };

  const forget = (name: string, mine: () => void): void => {
    // Put again while it fired, it stands for another instant.
    if (pending.get(name) !== mine) return;
    pending.delete(name);
    book?.remove(name);
  };

  const arm = (schedule: Schedule, at: number): void => {
    const { name, target, input, usefulForSeconds } = schedule;
    const mine = clock.at(at, async () => {
      try {
        await fire(target, input);
      } catch (error) {
        const again = clock.millis() + AGAIN_AFTER;
        if (again > Date.parse(schedule.at) + usefulForSeconds * 1000) forget(name, mine);
        else if (pending.get(name) === mine) arm(schedule, again);
        throw error;
      }
      forget(name, mine);
    });
    pending.set(name, mine);
  };

  for (const schedule of book?.all() ?? []) arm(schedule, Date.parse(schedule.at));

  return {
    usage,
    schedules: {
      async put(schedule) {
        pending.get(schedule.name)?.();
        usage.schedules += 1;
        book?.put(schedule);
        arm(schedule, Date.parse(schedule.at));
      },
      async remove(name) {
        pending.get(name)?.();
        pending.delete(name);
        book?.remove(name);
      },
    },
    names: () => [...pending.keys()],
    namesOf: (journeyId) => [...pending.keys()].filter((name) => name.startsWith(`${journeyId}.`)),
  };
};
