import { CLINICIAN_ROLES } from '../../functions/domain/names.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import type { ExecutionStatus } from '../../functions/messengers/workflows.ts';
import { askReplay } from '../../functions/stores/journey/ask-replay.ts';
import { type LiveLine, liveLines } from '../../functions/stores/journey/live-lines.ts';
import { clinicCommand } from '../clinic/clinic-command.ts';
import type { OpenClinic } from '../clinic/open-clinic.ts';
import { decider } from '../clinic/person.ts';
import type { Surroundings } from '../clinic/surroundings.ts';
import { type Options, readOptions, USAGE } from './options.ts';

type Looked = LiveLine & { readonly status: ExecutionStatus };

const look = async ({ ports, status }: OpenClinic, { journeyId, line }: Options): Promise<Looked[]> => {
  const live = await liveLines(ports, journeyId);
  if ('idle' in live) throw new InputRefused([`options.journey: ${journeyId}: ${live.idle}`]);
  const named = live.lines.filter((each) => line === undefined || each.line === line);
  if (named.length === 0)
    throw new InputRefused([
      `options.line: "${line}" is no line that should run; one of ${live.lines.map((each) => each.line).join(', ')}`,
    ]);
  const looked: Looked[] = [];
  for (const each of named) looked.push({ ...each, status: await status(each.execution) });
  return looked;
};

const lineOf = ({ line, epoch, execution, status }: Looked): string =>
  `${line}, epoch ${epoch}: ${execution.machine} ${execution.name} ${status}`;

/** Starts again what does not run; each failed epoch once, however often it is asked for. */
const carryOut = async (clinic: OpenClinic, options: Options, { stdout }: Surroundings): Promise<0 | 1> => {
  const looked = await look(clinic, options);
  const { decision, journeyId } = options;
  const still = looked.filter(({ status }) => status !== 'RUNNING');
  for (const each of looked) stdout.write(`${lineOf(each)}\n`);
  if (still.length === 0) {
    if (decision !== undefined)
      throw new InputRefused([`options.journey: ${journeyId}: everything that should run does`]);
    stdout.write('Everything that should run does.\n');
    return 0;
  }
  if (decision === undefined) {
    stdout.write('Nothing was done; --by PERSON --reason TEXT starts again what does not run.\n');
    return 1;
  }
  const { id, roles } = decider(clinic.data.clinic, decision.by, ['coordinator', ...CLINICIAN_ROLES]);
  let refused = false;
  for (const { line, epoch } of still) {
    const said = await askReplay(clinic.ports, {
      journeyId,
      line,
      failedEpoch: epoch,
      by: { id, roles },
      reason: decision.reason,
    });
    refused ||= !said.asked;
    const what = said.asked
      ? `starts again${said.through === 'task' ? ', as the answer to its task resolve-failure' : ''}`
      : `does not start: ${said.reason}`;
    stdout.write(`${line}: epoch ${epoch} ${what}\n`);
  }
  return refused ? 1 : 0;
};

/** Shows which executions of a journey do not run, and starts them again where somebody decides so; 1 where something does not run, 2 for wrong input. */
export const replayCommand = clinicCommand({ usage: USAGE, readOptions, carryOut });
