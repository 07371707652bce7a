import { type Check, notKnown, ok, toDo } from '../finding.ts';

/** Both clocks at one moment, in milliseconds. */
export type Clocks = { readonly here: number; readonly there: number | undefined };

/** Signatures are refused from five minutes on (AWS Signature Version 4); a minute is time to set the clock right. */
const MOST_SECONDS = 60;

/** The clock of this machine goes right, compared with that of AWS. */
export const clock = ({ clocks }: { readonly clocks: () => Promise<Clocks> }): Check => ({
  name: 'clock',
  look: async () => {
    const { here, there } = await clocks();
    if (there === undefined) return [notKnown('the answer had no date')];
    const seconds = Math.round(Math.abs(here - there) / 1000);
    if (seconds <= MOST_SECONDS) return [ok(`within ${MOST_SECONDS} seconds of AWS`)];
    return [toDo(`this machine is ${seconds} seconds ${here > there ? 'ahead' : 'behind'}; set its clock by NTP`)];
  },
});
