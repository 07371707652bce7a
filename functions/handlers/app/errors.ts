/** Nothing of that name is there for whoever asks. */
export class NotThere extends Error {
  override readonly name = 'NotThere';
}

/** None of somebody's roles may do this. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** The clinic's rules refused it; the message is theirs. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A key came again with something else. */
export class KeyUsed extends Error {
  override readonly name = 'KeyUsed';
}

/** A cursor that this list did not give, or gave to somebody else. */
export class CursorRefused extends Error {
  override readonly name = 'CursorRefused';
}

/** A body that is larger than any that is taken. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A body in a form that is not taken. */
export class WrongContentType extends Error {
  override readonly name = 'WrongContentType';
}

/** Too many requests of one visitor; they may come again after so many seconds. */
export class TooMany extends Error {
  override readonly name = 'TooMany';
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super(`in ${retryAfter} seconds again`);
    this.retryAfter = retryAfter;
  }
}
