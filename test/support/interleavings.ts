import type { Key, Query, Table } from '../../functions/stores/table.ts';

/** A range of places of one partition, both ends included; `anywhere` stands for what an index may show. */
type Places = { readonly pk: string; readonly from: string; readonly to: string } | 'anywhere';

/** What a step reads and writes: two steps whose order cannot matter need not be tried in both orders. */
export type Touches = { readonly name: string; readonly reads: readonly Places[]; readonly writes: readonly Places[] };

/** Lets a step through when its turn has come. */
export type Gate = <T>(touches: Touches, act: () => Promise<T>) => Promise<T>;

const at = ({ pk, sk }: Key): Places => ({ pk, from: sk, to: sk });

const rangeOf = ({ index, pk, prefix, from, to }: Query): Places => {
  if (index !== undefined) return 'anywhere';
  return { pk, from: prefix ?? from ?? '', to: prefix === undefined ? (to ?? '\uFFFF') : `${prefix}\uFFFF` };
};

/** The table as one actor sees it: every read and every write is a step. */
export const gatedTable = (table: Table, gate: Gate): Table => ({
  get: (key) => gate({ name: `get ${key.sk}`, reads: [at(key)], writes: [] }, () => table.get(key)),
  query: (query) =>
    gate({ name: `query ${query.prefix ?? query.pk}`, reads: [rangeOf(query)], writes: [] }, () => table.query(query)),
  write(operations) {
    const keyOf = (operation: (typeof operations)[number]): Key =>
      operation.do === 'put' ? operation.row : operation.key;
    const written = operations.filter((operation) => operation.do !== 'check');
    const checked = operations.filter((operation) => operation.do === 'check');
    const name = `write ${written
      .map((operation) => keyOf(operation).sk)
      .filter((sk) => !sk.startsWith('audit#'))
      .join(' ')}`;
    const touches = {
      name,
      reads: checked.map((operation) => at(keyOf(operation))),
      writes: written.map((operation) => at(keyOf(operation))),
    };
    return gate(touches, () => table.write(operations));
  },
});

/** A step outside the table, e.g. a call to the state machines about one token: it is in order with others of its name. */
export const outside = (name: string): Touches => {
  const place = { pk: 'outside', from: name, to: name };
  return { name, reads: [], writes: [place] };
};

/**
 * Takes what a transaction reads before it writes in one step, as a snapshot: fewer orders, for three actors and more.
 * What a single read may have missed is found with two actors, step by step.
 */
export const inSnapshots = (gate: Gate): Gate => {
  let isReading = false;
  return (touches, act) => {
    if (touches.writes.length > 0) {
      isReading = false;
      return gate(touches, act);
    }
    if (isReading) return act();
    isReading = true;
    return gate({ name: `read, ${touches.name} first`, reads: ['anywhere'], writes: [] }, act);
  };
};

const meet = (a: Places, b: Places): boolean =>
  a === 'anywhere' || b === 'anywhere' || (a.pk === b.pk && a.from <= b.to && b.from <= a.to);

const some = (left: readonly Places[], right: readonly Places[]): boolean =>
  left.some((a) => right.some((b) => meet(a, b)));

const areInOrder = (a: Touches, b: Touches): boolean =>
  some(a.writes, b.writes) || some(a.writes, b.reads) || some(a.reads, b.writes);

/** What became of one actor. */
export type Ended = { readonly value: unknown } | { readonly error: unknown };

/** Somebody who does something through a gate. */
export type Actor = (gate: Gate) => Promise<unknown>;

type Parked = { readonly touches: Touches; readonly go: () => Promise<void> };

/** Starts actors and holds each at its next step. */
const stage = async (actors: readonly Actor[]) => {
  const parked: (Parked | undefined)[] = actors.map(() => undefined);
  const ended: (Ended | undefined)[] = actors.map(() => undefined);
  const start = (actor: Actor, n: number): Promise<void> => {
    let arrived: () => void = () => undefined;
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        arrived = resolve;
      });
    const first = next();
    const gate: Gate = async (touches, act) => {
      await new Promise<void>((resolve) => {
        const go = (): Promise<void> => {
          parked[n] = undefined;
          const after = next();
          resolve();
          return after;
        };
        parked[n] = { touches, go };
        arrived();
      });
      return act();
    };
    const finish = (result: Ended): void => {
      ended[n] = result;
      arrived();
    };
    actor(gate).then(
      (value) => finish({ value }),
      (error: unknown) => finish({ error }),
    );
    return first;
  };
  for (const [n, actor] of actors.entries()) await start(actor, n);
  return { parked, ended };
};

/** One point of decision: who could go, who need not be tried here (sleeping or done), and who goes. */
type Point = { readonly waiting: ReadonlyMap<number, Touches>; readonly asleep: Set<number>; goes: number };

/** A run in which something that must hold did not, with the order of steps that led there. */
export class InterleavingFailed extends Error {
  override readonly name = 'InterleavingFailed';
}

type Enumeration<W> = {
  /** A fresh world for each run. */
  readonly begin: () => W | Promise<W>;
  readonly actors: (world: W) => Readonly<Record<string, Actor>>;
  /** Asserts what must hold after every run; `steps` tells who did what, in order. */
  readonly end: (world: W, ended: Readonly<Record<string, Ended>>, steps: readonly string[]) => void | Promise<void>;
  /** More runs than this are a mistake in the test: the actors touch too much in common. */
  readonly atMost?: number;
};

/**
 * Runs every order of the actors' steps that can make a difference, depth first and the same each time: orders that differ
 * only in steps that do not touch one another are run once (sleep sets, Godefroid 1996). Gives the number of runs.
 */
export const everyInterleaving = async <W>({ begin, actors, end, atMost = 5_000 }: Enumeration<W>): Promise<number> => {
  const path: Point[] = [];
  let runs = 0;
  for (let more = true; more; more = nextPath(path)) {
    const world = await begin();
    const named = Object.entries(actors(world));
    const { parked, ended } = await stage(named.map(([, actor]) => actor));
    const trace: string[] = [];
    let depth = 0;
    let isKnown = false;
    for (;;) {
      const waiting = new Map(parked.flatMap((each, n) => (each === undefined ? [] : [[n, each.touches] as const])));
      if (waiting.size === 0) break;
      const point = path[depth] ?? newPoint(path.at(-1), waiting);
      isKnown = point.goes === -1;
      if (isKnown) break;
      if (path[depth] === undefined) path.push(point);
      depth += 1;
      trace.push(`${named[point.goes]?.[0]}: ${waiting.get(point.goes)?.name}`);
      await parked[point.goes]?.go();
    }
    // Every order that begins like this one was run already.
    if (isKnown) continue;
    runs += 1;
    if (runs > atMost) throw new InterleavingFailed(`more than ${atMost} interleavings`);
    const results = Object.fromEntries(named.map(([name], n) => [name, ended[n] ?? { error: 'never ended' }]));
    try {
      await end(world, results, trace);
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new InterleavingFailed(`${said}\n\nin interleaving ${runs}:\n  ${trace.join('\n  ')}`, { cause });
    }
  }
  return runs;
};

/** The first who may go where nobody has been yet; -1 when all who could go were tried in an order that makes no difference. */
const newPoint = (before: Point | undefined, waiting: ReadonlyMap<number, Touches>): Point => {
  const went = before?.waiting.get(before.goes);
  const asleep = new Set<number>();
  for (const n of before?.asleep ?? []) {
    const touches = waiting.get(n);
    if (went !== undefined && touches !== undefined && !areInOrder(touches, went)) asleep.add(n);
  }
  return { waiting, asleep, goes: firstAwake(waiting, asleep) };
};

const firstAwake = (waiting: ReadonlyMap<number, Touches>, asleep: ReadonlySet<number>): number =>
  [...waiting.keys()].find((n) => !asleep.has(n)) ?? -1;

/** Goes back to the deepest point at which somebody else may still go. */
const nextPath = (path: Point[]): boolean => {
  for (let point = path.at(-1); point !== undefined; point = path.at(-1)) {
    point.asleep.add(point.goes);
    point.goes = firstAwake(point.waiting, point.asleep);
    if (point.goes !== -1) return true;
    path.pop();
  }
  return false;
};
