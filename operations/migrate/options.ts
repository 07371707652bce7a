import { InputRefused, shown } from '../../functions/domain/problems.ts';
import { parseOptions } from '../../local/command-line/parse-options.ts';
import { PLACE_OPTIONS, PLACE_USAGE, type Place, placeOf } from '../clinic/place.ts';

export const USAGE = `npm run -s migrate -- --preview --to VERSION [--program ID] [--journey ID...] [--json] CLINIC
npm run -s migrate -- --to VERSION --journey ID... --by PERSON --reason TEXT [--json] CLINIC

  --to VERSION      the version of their program that journeys are to go on by
  --program ID      which program; may be left out where only one has that version beside another
  --preview         only says what would change for each journey in flight, or for those that are named
  --journey ID      a journey to move; any number of times
  --by PERSON       the clinician who decides it, by id
  --reason TEXT     why; it is kept with the journey
  --json            one JSON object
${PLACE_USAGE}
`;

const OPTIONS = {
  to: { type: 'string' },
  program: { type: 'string' },
  preview: { type: 'boolean', default: false },
  journey: { type: 'string', multiple: true, default: [] as string[] },
  by: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  ...PLACE_OPTIONS,
} as const;

/** What the command line asks for. */
export type Options = {
  readonly place: Place;
  readonly to: number;
  readonly program: string | undefined;
  readonly journeys: readonly string[];
  /** Who decided and why; undefined for a preview. */
  readonly decision: { readonly by: string; readonly reason: string } | undefined;
  readonly json: boolean;
};

const versionOf = (text: string | undefined): number => {
  if (text === undefined) throw new InputRefused(['options.to: missing; the number of a version']);
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new InputRefused([`options.to: found ${shown(text)}; the number of a version`]);
  return Number(text);
};

/** Reads the command line; undefined where help is asked for. Throws InputRefused with one line a problem. */
export const readOptions = (args: string[], env: NodeJS.ProcessEnv): Options | undefined => {
  const values = parseOptions(args, OPTIONS);
  if (values.help) return undefined;
  const { preview, journey, by, reason = '', program, json } = values;
  const missing = preview
    ? []
    : [
        ...(journey.length === 0 ? ['options.journey: missing; the journeys to move, or --preview'] : []),
        ...(by === undefined ? ['options.by: missing; the clinician who decides it'] : []),
        ...(reason.trim() === '' ? ['options.reason: missing; why'] : []),
      ];
  if (missing.length > 0) throw new InputRefused(missing);
  return {
    place: placeOf(values, env),
    to: versionOf(values.to),
    program,
    journeys: [...new Set(journey)],
    decision: preview || by === undefined ? undefined : { by, reason: reason.trim() },
    json,
  };
};
