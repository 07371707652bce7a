import type { VirtualClock } from '../virtual-clock.ts';
import type { Sleeping } from './execution-store.ts';

type Options = {
  readonly clock: VirtualClock;
  readonly kept: Sleeping;
  /** How long an execution of each definition lives at most, in milliseconds. */
  readonly lifetimes: ReadonlyMap<string, number>;
  /** Whether this process has an execution in its hands. */
  readonly isAwake: (arn: string) => boolean;
  /** Takes executions up where they stood. */
  readonly wake: (arns: readonly string[]) => void;
};

const iso = (millis: number): string => new Date(millis).toISOString();

/**
 * Executions that another process left and that wait for something to come: they stay where they are kept until it comes or falls
 * due, with all that hang together with them, from the one that nobody started down. A clinic of many patients has a hundred
 * thousand of them, and few stir in an hour: only the next that falls due is looked for.
 */
export const sleepers = ({ clock, kept, lifetimes, isAwake, wake }: Options) => {
  let looked = clock.millis();
  let cancel: () => void = () => undefined;

  /** Those that have something to do after one instant and until another. */
  const dueWithin = (after: number, until: number): string[] => [
    ...kept.dueWithin(after, until),
    ...[...lifetimes].flatMap(([id, lived]) => kept.startedWithin(id, iso(after - lived), iso(until - lived))),
  ];

  const nextDue = (): number | undefined => {
    const instants: number[] = [];
    for (const { arn, at } of kept.dueAfter(looked))
      if (!isAwake(arn)) {
        instants.push(at);
        break;
      }
    for (const [id, lived] of lifetimes)
      for (const { arn, startedAt } of kept.startedAfter(id, iso(looked - lived)))
        if (!isAwake(arn)) {
          instants.push(Date.parse(startedAt) + lived);
          break;
        }
    return instants.length === 0 ? undefined : Math.min(...instants);
  };

  const rise = (arns: readonly string[]): void => {
    const asleep = arns.filter((arn) => !isAwake(arn));
    const families = new Set(asleep.flatMap((arn) => kept.family(arn)));
    if (families.size > 0) wake([...families]);
  };

  const setAlarm = (): void => {
    cancel();
    const next = nextDue();
    if (next === undefined) return;
    cancel = clock.at(next, () => {
      const now = clock.millis();
      rise(dueWithin(looked, now));
      looked = now;
      setAlarm();
    });
  };

  const wakeFor = (arn: string | undefined): void => {
    if (arn === undefined || isAwake(arn)) return;
    rise([arn]);
    setAlarm();
  };

  return {
    /** Wakes at once whoever has something to do by now, and lets the others sleep. */
    begin(): void {
      looked = clock.millis();
      rise([...kept.ready(), ...dueWithin(0, looked)]);
      setAlarm();
    },
    /** Wakes an execution that sleeps. */
    wakeArn: (arn: string): void => wakeFor(arn),
    /** Wakes whoever waits for a token and sleeps. */
    wakeToken: (token: string): void => wakeFor(kept.holderOf(token)),
  };
};

export type Sleepers = ReturnType<typeof sleepers>;
