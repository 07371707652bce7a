import { InputRefused } from '../../functions/domain/problems.ts';
import { parseOptions } from '../../local/command-line/parse-options.ts';
import { PLACE_OPTIONS, PLACE_USAGE, type Place, placeOf } from '../clinic/place.ts';

export const USAGE = `npm run -s replay -- --journey ID [--line LINE] CLINIC
npm run -s replay -- --journey ID [--line LINE] --by PERSON --reason TEXT CLINIC

  --journey ID      the journey whose execution failed
  --line LINE       only this line of it, as the command names them (main, a task, a safety event)
  --by PERSON       who decides that what does not run starts again, by id; without it the command only looks
  --reason TEXT     why; it is kept with the journey
  --preview         only looks, whatever else is said
${PLACE_USAGE}
`;

const OPTIONS = {
  journey: { type: 'string' },
  line: { type: 'string' },
  by: { type: 'string' },
  reason: { type: 'string' },
  preview: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  ...PLACE_OPTIONS,
} as const;

/** What the command line asks for. */
export type Options = {
  readonly place: Place;
  readonly journeyId: string;
  readonly line: string | undefined;
  /** Who decided and why; undefined where nothing is to be done. */
  readonly decision: { readonly by: string; readonly reason: string } | undefined;
};

/** Reads the command line; undefined where help is asked for. Throws InputRefused with one line a problem. */
export const readOptions = (args: string[], env: NodeJS.ProcessEnv): Options | undefined => {
  const values = parseOptions(args, OPTIONS);
  if (values.help) return undefined;
  const { journey, line, by, preview, reason = '' } = values;
  const problems = [
    ...(journey === undefined ? ['options.journey: missing; the id of a journey'] : []),
    ...(by !== undefined && reason.trim() === '' ? ['options.reason: missing; why'] : []),
  ];
  if (journey === undefined || problems.length > 0) throw new InputRefused(problems);
  const decision = preview || by === undefined ? undefined : { by, reason: reason.trim() };
  return { place: placeOf(values, env), journeyId: journey, line, decision };
};
