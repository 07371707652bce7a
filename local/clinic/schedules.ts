import type { Schedules } from '../../functions/messengers/schedules.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** One-time schedules on the virtual clock, by name; `fire` calls the target with its input. */
export const localSchedules = (clock: VirtualClock, fire: (target: string, input: unknown) => Promise<unknown>) => {
  const pending = new Map<string, () => void>();
  const usage = { schedules: 0 };
  const schedules: Schedules = {
    async put({ name, at, target, input }) {
      pending.get(name)?.();
      usage.schedules += 1;
      const cancel = clock.at(Date.parse(at), async () => {
        pending.delete(name);
        await fire(target, input);
      });
      pending.set(name, cancel);
    },
    async remove(name) {
      pending.get(name)?.();
      pending.delete(name);
    },
  };
  return { schedules, usage, names: (): string[] => [...pending.keys()] };
};
