const wrap = (code: number, on: boolean) => (text: string) => (on ? `\u001b[${code}m${text}\u001b[0m` : text);

/** Four ways to set off a line; none changes it where colour is off. */
export const paint = (on: boolean) => ({
  head: wrap(36, on),
  bold: wrap(1, on),
  dim: wrap(2, on),
  warn: wrap(33, on),
});

/** Colour is for people at a terminal who did not ask for none (no-color.org). */
export const wantsColour = (stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && (env.NO_COLOR === undefined || env.NO_COLOR === '');
