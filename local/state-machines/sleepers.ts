import type { VirtualClock } from '../virtual-clock.ts';
import type { Waiting } from './execution-store.ts';

/** Executions that hang together, from the one that nobody started down, and when the first of them has something to do. */
type Family = { readonly arns: string[]; readonly tokens: string[]; dueAt: number; order: number; isReady: boolean };

type Options = {
  readonly clock: VirtualClock;
  readonly waiting: Iterable<Waiting>;
  /** When an execution has lived too long, in milliseconds. */
  readonly deadlineOf: (execution: Waiting) => number;
  /** Takes executions up where they stood. */
  readonly wake: (arns: readonly string[]) => void;
};

const familiesOf = ({ waiting, deadlineOf }: Pick<Options, 'waiting' | 'deadlineOf'>): Map<string, Family> => {
  const heads = new Map<string, string>();
  const families = new Map<string, Family>();
  for (const each of waiting) {
    // Whoever started another began earlier.
    const head = (each.parent === undefined ? undefined : heads.get(each.parent)) ?? each.arn;
    heads.set(each.arn, head);
    const family = families.get(head) ?? {
      arns: [],
      tokens: [],
      dueAt: Number.POSITIVE_INFINITY,
      order: Number.POSITIVE_INFINITY,
      isReady: false,
    };
    families.set(head, family);
    if (family.arns.at(-1) !== each.arn) family.arns.push(each.arn);
    if (each.token !== undefined) family.tokens.push(each.token);
    family.isReady ||= each.isReady;
    const at = Math.min(each.dueAt ?? Number.POSITIVE_INFINITY, deadlineOf(each));
    if (at < family.dueAt || (at === family.dueAt && each.order < family.order))
      Object.assign(family, { dueAt: at, order: each.order });
  }
  return families;
};

/**
 * Executions that another process left and that wait for something to come: they stay where they are kept until it comes or falls
 * due, with all that hang together with them. A clinic of many patients has a hundred thousand of them, and few stir in an hour.
 */
export const sleepers = ({ clock, wake, ...from }: Options) => {
  const byArn = new Map<string, Family>();
  const byToken = new Map<string, Family>();
  const cancels = new Map<Family, () => void>();

  const rise = (family: Family | undefined): void => {
    if (family === undefined) return;
    cancels.get(family)?.();
    cancels.delete(family);
    for (const arn of family.arns) byArn.delete(arn);
    for (const token of family.tokens) byToken.delete(token);
    wake(family.arns);
  };

  return {
    /** Wakes at once whoever has something to do by now, lets the others sleep, and says how many waits there were. */
    begin(): number {
      const now = clock.millis();
      let waits = 0;
      const counted = function* (): Iterable<Waiting> {
        for (const line of from.waiting) {
          waits = Math.max(waits, line.order);
          yield line;
        }
      };
      const atOnce: string[] = [];
      const asleep: Family[] = [];
      for (const family of familiesOf({ ...from, waiting: counted() }).values()) {
        if (family.isReady || family.dueAt <= now) atOnce.push(...family.arns);
        else asleep.push(family);
      }
      if (atOnce.length > 0) wake(atOnce);
      for (const family of asleep.sort((a, b) => a.dueAt - b.dueAt || a.order - b.order)) {
        for (const arn of family.arns) byArn.set(arn, family);
        for (const token of family.tokens) byToken.set(token, family);
        cancels.set(
          family,
          clock.at(family.dueAt, () => rise(family)),
        );
      }
      return waits;
    },
    /** Wakes an execution that sleeps. */
    wakeArn: (arn: string): void => rise(byArn.get(arn)),
    /** Wakes whoever waits for a token and sleeps. */
    wakeToken: (token: string): void => rise(byToken.get(token)),
  };
};

export type Sleepers = ReturnType<typeof sleepers>;
