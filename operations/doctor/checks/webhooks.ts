import { type Check, unless } from '../finding.ts';

type Asked = {
  /** How many events lie where those end that a system did not take. */
  readonly undelivered: () => Promise<number>;
  /** Why nobody answers at an address; undefined where somebody does, whatever they say. */
  readonly unreached: (url: string) => Promise<string | undefined>;
};

/** Other systems that are told what happens can be reached, and have taken what they were told. */
export const webhooks = (
  systems: readonly { readonly id: string; readonly url: string }[],
  { undelivered, unreached }: Asked,
): Check => ({
  name: 'webhooks',
  look: async () => {
    const [count, reasons] = await Promise.all([
      undelivered(),
      Promise.all(systems.map(async ({ id, url }) => ({ id, reason: await unreached(url) }))),
    ]);
    return unless(
      [
        ...(count === 0
          ? []
          : [`${count} ${count === 1 ? 'event was' : 'events were'} not taken; see docs/runbook.md, dead letters`]),
        ...reasons.flatMap(({ id, reason }) =>
          reason === undefined
            ? []
            : [`${id} cannot be reached from here (${reason}); ask its people, or correct settings.webhooks`],
        ),
      ],
      systems.length === 0 ? 'no other system is told' : `${systems.map(({ id }) => id).join(', ')} can be reached`,
    );
  },
});
