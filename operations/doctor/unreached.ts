/** How long another system may take to answer at all, in milliseconds; as long as when it is told of an event. */
const PATIENCE = 10_000;

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : error.name;
};

/** Why nobody answers at an address, such as ENOTFOUND; undefined where somebody does, whatever they say. It is told nothing. */
export const unreached = async (url: string): Promise<string | undefined> => {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
};
