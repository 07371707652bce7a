import * as z from 'zod';

const perThousand = z.int().min(0).max(1000).default(0);

/** What goes wrong with the machine that carries a journey; how often, of a thousand, and drawn from which seed. */
export const Trouble = z.strictObject({
  seed: z.int().min(0).default(1),
  /** A write that is told as lost though it took effect; a send, a callback, a firing that happens a second time. */
  twice: perThousand,
  /** A firing of a schedule, a record of the stream or a carrier's report that comes up to a minute late. */
  late: perThousand,
  /** Something is the last thing before the process dies; another starts from what is stored. */
  dies: perThousand,
});
export type Trouble = z.infer<typeof Trouble>;
