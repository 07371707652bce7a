import { telling } from '../../local/command-line/telling.ts';
import type { OpenClinic } from './open-clinic.ts';
import type { Place } from './place.ts';
import { type Surroundings, unreachable } from './surroundings.ts';

type Command<O> = {
  readonly usage: string;
  /** Reads the command line; undefined where help is asked for. Throws InputRefused with one line a problem. */
  readonly readOptions: (args: string[], env: NodeJS.ProcessEnv) => O | undefined;
  readonly carryOut: (clinic: OpenClinic, options: O, around: Surroundings) => Promise<0 | 1>;
};

/** A command over one clinic: it is opened where the options say, and closed again; 2 for wrong input. */
export const clinicCommand =
  <O extends { readonly place: Place }>({ usage, readOptions, carryOut }: Command<O>) =>
  (args: string[], open: (place: Place) => Promise<OpenClinic>, around: Surroundings): Promise<0 | 1 | 2> =>
    telling(
      around,
      async () => {
        const options = readOptions(args, around.env);
        if (options === undefined) {
          around.stdout.write(usage);
          return 0;
        }
        const clinic = await open(options.place);
        try {
          return await carryOut(clinic, options, around);
        } finally {
          clinic.close();
        }
      },
      unreachable,
    );
