/** What AWS answered to a request in JSON. */
export type AwsAnswer = {
  /** The status of HTTP; from 400 on, what was asked for was not done. */
  readonly status: number;
  /** The members of the answer. */
  readonly said: Readonly<Record<string, unknown>>;
  /** AWS's name of the error, such as `ThrottlingException`, or `Http503` where it gave none; undefined where there is no error. */
  readonly code: string | undefined;
  /** By which AWS finds the request again. */
  readonly requestId: string | undefined;
};

/** Asks one service of AWS for one of its operations, once; rejects with whatever the connection failed of where there is no answer. */
export type AskAws = (operation: string, input: object) => Promise<AwsAnswer>;
