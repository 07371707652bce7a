/** An error that ends a state: caught, retried or passed on, with AWS's `error` and `cause`. */
export class StateError extends Error {
  override readonly name: string = 'StateError';
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** A second name by which retriers and catchers know the error. */
  readonly alias: string | undefined;
  constructor(error: string | undefined, reason: string | undefined, alias?: string) {
    super(error ?? 'a state failed');
    this.error = error;
    this.reason = reason;
    this.alias = alias;
  }
}

/** An expression that failed: AWS's message without the words on the state, and the field that held it. */
export class EvaluationError extends Error {
  override readonly name = 'States.QueryEvaluationError';
  readonly field: string;
  constructor(message: string, field: string) {
    super(message);
    this.field = field;
  }
}

/** The history is full: AWS fails the execution. */
export class HistoryFull extends Error {
  override readonly name = 'States.Runtime';
}

/** One thing that is wrong with a definition; AWS gives no location for what no single place is to blame. */
export type Diagnostic = { readonly code: string; readonly message: string; readonly location: string | null };

/** A definition that AWS refuses at creation, or that the runner does not cover; the message is CreateStateMachine's. */
export class DefinitionRefused extends Error {
  override readonly name = 'DefinitionRefused';
  readonly diagnostics: readonly Diagnostic[];
  /** Code and location of the first diagnostic. */
  readonly code: string;
  readonly location: string | null;
  constructor(diagnostics: readonly Diagnostic[]) {
    const sentences = diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`);
    super(`Invalid State Machine Definition: '${sentences.join(', ')}'`);
    this.diagnostics = diagnostics;
    this.code = diagnostics[0]?.code ?? 'SCHEMA_VALIDATION_FAILED';
    this.location = diagnostics[0]?.location ?? null;
  }
}

/** An exception of the Step Functions API, known by its name. */
export class ServiceError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
