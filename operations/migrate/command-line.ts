import { CLINICIAN_ROLES } from '../../functions/domain/names.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import { type JourneyMove, moveProgram, previewMove } from '../../functions/stores/journey/move-program.ts';
import { clinicCommand } from '../clinic/clinic-command.ts';
import { type InFlight, journeysInFlight } from '../clinic/in-flight.ts';
import type { OpenClinic } from '../clinic/open-clinic.ts';
import { decider } from '../clinic/person.ts';
import type { Surroundings } from '../clinic/surroundings.ts';
import { journeysNamed } from './named.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { journeyLines, versionDifference } from './print.ts';
import { type Versions, versionsOf } from './versions.ts';

type Moved = JourneyMove & { readonly moved?: boolean };

const answer = async ({ ports }: OpenClinic, { id }: InFlight, { to, decision }: Options): Promise<Moved> =>
  decision === undefined
    ? previewMove(ports, { journeyId: id, to })
    : moveProgram(ports, { journeyId: id, to, ...decision });

const headLines = ({ id, to, others }: Versions, concerned: readonly InFlight[]): string[] => {
  const from = others.filter(({ version }) => concerned.some(({ program }) => program.version === version));
  const differences = from.flatMap((other) => [
    `What version ${to.version} of ${id} says otherwise than version ${other.version}:`,
    ...versionDifference(other, to),
    '',
  ]);
  return [...differences, `Journeys in flight on another version: ${concerned.length}`];
};

/** A journey on a version that its functions do not carry stops at its next step, so none is moved there. */
const mustBeCarried = async ({ carried }: OpenClinic, { id, to }: Versions): Promise<void> => {
  const all = await carried();
  if (all !== undefined && !all.includes(`${id} ${to.version}`))
    throw new InputRefused([
      `options.to: version ${to.version} of ${id} is not deployed; deploy it first (there are ${all.join(', ')})`,
    ]);
};

const carryOut = async (clinic: OpenClinic, options: Options, { stdout }: Surroundings): Promise<0 | 1> => {
  const versions = versionsOf(clinic.data, options);
  if (options.decision !== undefined) {
    decider(clinic.data.clinic, options.decision.by, CLINICIAN_ROLES);
    await mustBeCarried(clinic, versions);
  }
  const { table } = clinic.ports;
  const all =
    options.journeys.length > 0
      ? await journeysNamed(table, versions.id, options.journeys)
      : (await journeysInFlight(table)).filter(
          ({ program }) => program.id === versions.id && program.version !== options.to,
        );
  const moves: Moved[] = [];
  for (const journey of all) moves.push(await answer(clinic, journey, options));
  if (options.json)
    stdout.write(`${JSON.stringify({ program: versions.id, to: options.to, journeys: moves }, null, 2)}\n`);
  else {
    const { zone } = clinic.data.clinic;
    const lines = moves.flatMap((move) => journeyLines(move, options.to, zone));
    stdout.write(`${[...(options.decision === undefined ? headLines(versions, all) : []), ...lines].join('\n')}\n`);
  }
  return options.decision !== undefined && moves.some(({ moved }) => moved !== true) ? 1 : 0;
};

/** Shows what another version of a program changes for the journeys in flight, or moves those that are named; 1 where one of these stays, 2 for wrong input. */
export const migrateCommand = clinicCommand({ usage: USAGE, readOptions, carryOut });
