import type { Execution, ExecutionSummary, HistoryEvent, Line, Pending } from './execution.ts';

/** A line as it is kept between two processes. Its place is the way to it: the indexes of the branches and iterations around it. */
export type SavedLine = Pick<
  Line,
  'item' | 'input' | 'enteredId' | 'enteredAt' | 'lastEventId' | 'attempts' | 'retries'
> & {
  readonly variables: readonly (readonly [name: string, value: unknown])[];
  readonly next?: string | undefined;
  readonly state?: string | undefined;
  readonly wait?: {
    readonly pending: Pending;
    readonly order: number;
    readonly token?: string | undefined;
    readonly heartbeat?: { readonly seconds: number; readonly at: number } | undefined;
    readonly child?: string | undefined;
  };
  /** Of a Parallel or a Map; the branches of a Parallel are in its definition. */
  readonly group?: {
    readonly items?: readonly unknown[];
    readonly keys?: readonly string[] | undefined;
    readonly atOnce: number;
    readonly tolerated?: number | undefined;
  };
  /** A branch or an iteration that is over, while others of its group are not. */
  readonly over?: { readonly failed: boolean; readonly output: unknown };
};

/** An execution as it is kept between two processes; its input and its events lie apart. */
export type SavedExecution = Omit<ExecutionSummary, 'input' | 'events'> &
  Pick<Execution, 'eventCount' | 'told'> & {
    /** Which definition it runs on to its end. */
    readonly definition: string;
  };

/** What one change writes, all of it or nothing. */
export type SavedChange = {
  /** The instant in milliseconds. */
  readonly now: number;
  /** How many tokens were ever issued. */
  readonly tokens: number;
  readonly executions: readonly { readonly saved: SavedExecution; readonly input: unknown; readonly isNew: boolean }[];
  readonly events: readonly { readonly arn: string; readonly events: readonly HistoryEvent[] }[];
  /** Places below which nothing is left: taken away before the lines are written. An empty place is a whole execution. */
  readonly emptied: readonly { readonly arn: string; readonly place: string }[];
  readonly lines: readonly { readonly arn: string; readonly place: string; readonly line: SavedLine }[];
};

/** An execution that was running when the process ended. */
export type Interrupted = {
  readonly saved: SavedExecution;
  readonly input: unknown;
  readonly lines: ReadonlyMap<string, SavedLine>;
};

/** What is known of executions that wait where they are kept, without reading them; instants are milliseconds, or ISO 8601 where they say when one began. */
export type Sleeping = {
  /** The highest number that a wait ever had of those that are kept. */
  waits(): number;
  /** Those that have something to do which nobody has to bring: it was begun and not done when the process ended. */
  ready(): readonly string[];
  /** Those with a line that stops to wait after one instant and until another, the first to stop first. */
  dueWithin(after: number, until: number): readonly string[];
  /** All with a line that stops to wait after an instant, the first to stop first. */
  dueAfter(instant: number): Iterable<{ readonly arn: string; readonly at: number }>;
  /** Who waits for a token. */
  holderOf(token: string): string | undefined;
  /** All that hang together with one that runs, from the one that nobody started down. */
  family(arn: string): readonly string[];
  /** The definitions on which executions run. */
  definitionsInUse(): readonly string[];
  startedWithin(definition: string, after: string, until: string): readonly string[];
  startedAfter(definition: string, instant: string): Iterable<{ readonly arn: string; readonly startedAt: string }>;
};

/** Where executions outlive their process. */
export type ExecutionStore = {
  /** Keeps a definition, of which executions may run on long after it was replaced. */
  keepDefinition(id: string, name: string, definition: unknown): void;
  definition(id: string): { readonly name: string; readonly definition: unknown } | undefined;
  /** Where the last process stood; zeros if there was none. */
  stood(): { readonly now: number; readonly tokens: number };
  save(change: SavedChange): void;
  readonly sleeping: Sleeping;
  /** Some of those executions, or all, in the order in which they began. */
  interrupted(arns?: readonly string[]): readonly Interrupted[];
  /** Ended executions whose end nobody was told, in the order in which they began. */
  untold(): readonly ExecutionSummary[];
  tellOf(arn: string): void;
  execution(arn: string): ExecutionSummary | undefined;
  executions(): ExecutionSummary[];
  events(arn: string): HistoryEvent[];
};
