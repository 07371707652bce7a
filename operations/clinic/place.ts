import { existsSync } from 'node:fs';
import { InputRefused, shown } from '../../functions/domain/problems.ts';
import { namesOf } from '../../infra/names.ts';
import { chosenSettings, type Deployment } from '../../infra/settings/read-settings.ts';

/** A clinic that is deployed: its settings, and the table in the account and region (or emulator) that the shell is signed in to. */
export type Deployed = { readonly kind: 'deployed'; readonly settings: Deployment; readonly table: string };

/** A clinic on this machine, whose rows lie in a file. */
export type OnThisMachine = { readonly kind: 'file'; readonly path: string };

/** Which clinic a command is for. */
export type Place = Deployed | OnThisMachine;

/** The options by which a command is told its clinic. */
export const PLACE_OPTIONS = {
  stage: { type: 'string' },
  settings: { type: 'string' },
  table: { type: 'string' },
  store: { type: 'string' },
} as const;

export const PLACE_USAGE = `  --stage STAGE     the clinic of deployments/STAGE.json, in the account and region of the shell
  --settings FILE   the clinic of another settings file
  --table NAME      its table, where it is not STAGE-journeys; the environment's TABLE does the same
  --store FILE      a clinic on this machine, whose rows lie in this file`;

type Given = { readonly [K in keyof typeof PLACE_OPTIONS]?: string | undefined };

/** The deployed clinic that the options name. Throws InputRefused. */
export const deployedOf = ({ stage, settings, table }: Given, env: NodeJS.ProcessEnv): Deployed => {
  if (stage !== undefined && settings !== undefined)
    throw new InputRefused(['options: --stage and --settings name two clinics; one of them']);
  const read = chosenSettings(stage, settings);
  const named = table ?? (env.TABLE === '' ? undefined : env.TABLE);
  return { kind: 'deployed', settings: read, table: named ?? namesOf(read.stage).table };
};

/** The clinic that the options name. Throws InputRefused. */
export const placeOf = (given: Given, env: NodeJS.ProcessEnv): Place => {
  const { stage, settings, table, store } = given;
  const deployed = stage ?? settings;
  if (store !== undefined && (deployed ?? table) !== undefined)
    throw new InputRefused([
      'options: --store is a clinic on this machine, the others name a deployed one; one of them',
    ]);
  if (store !== undefined) {
    if (!existsSync(store)) throw new InputRefused([`options.store: no file ${shown(store)}; the file of a clinic`]);
    return { kind: 'file', path: store };
  }
  if (deployed === undefined)
    throw new InputRefused(['options: no clinic is named; --stage STAGE, --settings FILE or --store FILE']);
  return deployedOf(given, env);
};
