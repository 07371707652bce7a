import { type Check, unless } from '../finding.ts';

/** One alarm as CloudWatch has it. */
export type Alarm = {
  readonly name: string;
  readonly state: string;
  /** Whether it tells anybody. */
  readonly tells: boolean;
  /** Its own sentence, which ends with the runbook's section. */
  readonly description: string;
};

/** The alarms are there, none of them rings, and each tells somebody. */
export const alarms = ({ all }: { readonly all: () => Promise<readonly Alarm[]> }): Check => ({
  name: 'alarms',
  look: async () => {
    const found = await all();
    return unless(
      [
        ...(found.length === 0 ? ['there are none; deploy the stack'] : []),
        ...found
          .filter(({ state }) => state === 'ALARM')
          .map(({ name, description }) => `${name} rings: ${description}`),
        ...found
          .filter(({ tells }) => !tells)
          .map(({ name }) => `${name} tells nobody; enable its actions, or deploy again`),
      ],
      `${found.length}, none rings`,
    );
  },
});
