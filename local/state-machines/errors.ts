/** An error that ends a state: caught, retried or passed on, with AWS's `error` and `cause`. */
export class StateError extends Error {
  override readonly name: string = 'StateError';
  readonly error: string | undefined;
  readonly reason: string | undefined;
  constructor(error: string | undefined, reason: string | undefined) {
    super(error ?? 'a state failed');
    this.error = error;
    this.reason = reason;
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

/** A definition that AWS refuses at creation, or that the runner does not cover. */
export class DefinitionRefused extends Error {
  override readonly name = 'DefinitionRefused';
  readonly code: string;
  readonly location: string;
  readonly diagnostic: string;
  constructor(code: string, diagnostic: string, location: string) {
    super(`${code}: ${diagnostic} at ${location}`);
    this.code = code;
    this.diagnostic = diagnostic;
    this.location = location;
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
