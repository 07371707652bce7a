import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputRefused, parseInput } from '../../functions/domain/problems.ts';
import { type ClinicFacts, clinicFacts, ownProgram, programProblems, programVersions } from './clinic-data.ts';
import { Settings } from './settings.ts';

const DEPLOYMENTS = join(import.meta.dirname, '../../deployments');

/** Where the settings of a stage lie, unless told. */
export const settingsFile = (stage: string, folder = DEPLOYMENTS): string => join(folder, `${stage}.json`);

const stagesIn = (folder: string): string =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace(/\.json$/, ''))
    .join(', ');

const jsonOf = (file: string, root: string): unknown => {
  if (!existsSync(file)) throw new InputRefused([`${root}: no file ${file}`]);
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new InputRefused([`${root}: ${file} is no JSON`]);
  }
};

/** What a read gives, or its problems. */
const tried = <T>(read: () => T): { readonly value: T } | { readonly problems: readonly string[] } => {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof InputRefused) return { problems: error.problems };
    throw error;
  }
};

/** All that a deployment is made with: its settings, what the clinic's own file says of the sender, and its programs. */
export type Deployment = Settings &
  ClinicFacts & {
    /** The versions of each program that go out with the functions. */
    readonly programs: Readonly<Record<string, readonly number[]>>;
  };

const clinicOf = (value: unknown): string | undefined => {
  const path = typeof value === 'object' && value !== null ? Reflect.get(value, 'clinic') : undefined;
  return typeof path === 'string' && path !== '' ? path : undefined;
};

/**
 * Reads the settings of a deployment with the clinic's own file and every program that goes out with them; paths come back whole.
 * Throws InputRefused with one line a problem, of all of them.
 */
export const readSettings = (file: string): Deployment => {
  const value = jsonOf(file, 'settings');
  const clinic = resolve(dirname(file), clinicOf(value) ?? '.');
  const settings = tried(() => parseInput(Settings, value, 'settings'));
  // A missing path is told by the settings' own line.
  const facts = clinicOf(value) === undefined ? { problems: [] } : tried(() => clinicFacts(jsonOf(clinic, 'clinic')));
  const ownPrograms = ('value' in settings ? settings.value.ownPrograms : []).map((path) =>
    resolve(dirname(file), path),
  );
  const own = ownPrograms.map((path, n) =>
    tried(() => ownProgram(jsonOf(path, `ownPrograms[${n}]`), `ownPrograms[${n}]`)),
  );
  const problems = [settings, facts, ...own].flatMap((read) => ('problems' in read ? read.problems : []));
  const carried = programProblems();
  if ('value' in settings && 'value' in facts && problems.length + carried.length === 0)
    return {
      ...settings.value,
      clinic,
      ownPrograms,
      ...facts.value,
      programs: programVersions(own.flatMap((read) => ('value' in read ? [read.value] : []))),
    };
  throw new InputRefused([...problems, ...carried]);
};

/** The settings that `--context stage=` or `--context settings=` name. */
export const chosenSettings = (stage: unknown, file: unknown): Deployment => {
  if (typeof file === 'string') return readSettings(file);
  if (typeof stage !== 'string' || !existsSync(settingsFile(stage)))
    throw new InputRefused([`stage: found ${JSON.stringify(stage)}; allowed: ${stagesIn(DEPLOYMENTS)} (deployments/)`]);
  const settings = readSettings(settingsFile(stage));
  if (settings.stage !== stage)
    throw new InputRefused([`settings.stage: found "${settings.stage}"; allowed: "${stage}", as the file is named`]);
  return settings;
};
