/** One thing wrong with a definition, said so that its author can put it right. */
export type Finding = { readonly state?: string; readonly message: string };

/** `workflows/cycle.asl.json: State "Book the dose": needs a Catch of States.ALL`. */
export const findingLine = (file: string, { state, message }: Finding): string =>
  `${file}: ${state === undefined ? '' : `State "${state}": `}${message}`;
