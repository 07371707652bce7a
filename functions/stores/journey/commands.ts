import type { Command, CommandAnswer } from '../../contracts/command.ts';
import { commandRefusal } from '../../domain/commands/authority.ts';
import { WAITS_ENDED } from '../../domain/commands/waits-ended.ts';
import { patientEnding } from '../../domain/journey/endings.ts';
import type { CommandName } from '../../domain/names.ts';
import { askIdOf } from '../../domain/tasks/ask.ts';
import { commands, journeyPartition, tasks } from '../journey-rows.ts';
import { RowMissing, type Transaction, transact } from '../transaction.ts';
import { practitionerAbsent } from './absence-command.ts';
import { cancelAppointment, markNoShow, reschedule } from './appointment-commands.ts';
import { changeChaperone } from './chaperone-command.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import { changeContact, startTexts, stopTexts } from './contact-commands.ts';
import { cyclesOf } from './cycles.ts';
import { type Desk, type DeskPorts, deskFor, setEnding } from './desk.ts';
import { overrideGate } from './gate-commands.ts';
import { wake } from './main-line.ts';
import { pause, resume } from './pausing.ts';
import { reportAdverseEvent, reportCrisis } from './safety-commands.ts';
import { newDiagnosis, newMedication } from './screening-commands.ts';
import { isWaitedFor, postSignal, supersede } from './signals.ts';
import { stopTheRest } from './stopping.ts';
import { replaceTherapist, transferCare } from './therapist-commands.ts';

/** The patient leaves: what has not begun goes, what a begun dose owes stays. */
const withdraw: CommandAct = async (desk, { reason, by }) => {
  if (desk.journey.ending !== null) throw new CommandRefused(`the journey is ending (${desk.journey.ending.kind})`);
  const ending = patientEnding(await cyclesOf(desk), reason ?? `withdrawn by ${by.role}`, desk.now);
  setEnding(desk, { ...ending, kind: 'withdrawn' });
  return [];
};

const ACTS: Readonly<Record<CommandName, CommandAct>> = {
  'reschedule-appointment': reschedule,
  'cancel-appointment': cancelAppointment,
  'mark-no-show': markNoShow,
  withdraw,
  pause,
  resume,
  'override-gate': overrideGate,
  'report-adverse-event': reportAdverseEvent,
  'report-crisis': reportCrisis,
  'new-medication': newMedication,
  'new-diagnosis': newDiagnosis,
  'stop-messages': stopTexts,
  'start-messages': startTexts,
  'change-contact': changeContact,
  'change-chaperone': changeChaperone,
  'replace-therapist': replaceTherapist,
  'practitioner-absent': practitionerAbsent,
  'transfer-care': transferCare,
};

/** Ends the waits that the table names for this command, and wakes those who must look again. */
const endWaits = async (desk: Desk, command: CommandName, appointmentIds: readonly string[]): Promise<void> => {
  const ended = WAITS_ENDED[command];
  const all = await desk.list(tasks, journeyPartition(desk.journey.id), 'task#');
  const taken = all.filter((task) => isWaitedFor(task) && ended.tasks(task, { appointmentIds, cycle: null }));
  for (const task of taken) await supersede(desk, task);
  await postSignal(desk, {
    cause: command,
    taskIds: taken.map(askIdOf),
    appointmentIds: [...appointmentIds],
    gates: ended.gates,
  });
};

/** Carries a command out within a transaction; rejects with CommandRefused where it may not be. */
export const commandIn = async (
  ports: DeskPorts,
  transaction: Transaction,
  command: Command,
): Promise<CommandAnswer> => {
  const desk = await deskFor(ports, transaction, command.journeyId);
  const known = await desk.get(commands, { journeyId: command.journeyId, id: command.commandId });
  if (known !== undefined) return { accepted: known.accepted, reason: known.refusal };
  const refusal = commandRefusal(command.command, command.by, desk.journey);
  if (refusal !== undefined) throw new CommandRefused(refusal);
  return carryOut(desk, command);
};

/** Carries out a command of somebody who may give it, with the waits that it ends. */
export const carryOut = async (desk: Desk, command: Command): Promise<CommandAnswer> => {
  const goingOn = desk.journey.ending === null;
  const appointmentIds = await ACTS[command.command](desk, command);
  const { ending } = desk.journey;
  if (goingOn && ending !== null && ending.kind !== 'died') await stopTheRest(desk, command.command);
  else await endWaits(desk, command.command, appointmentIds);
  await wake(desk);
  return keepAnswer(desk, command, null);
};

/**
 * Carries a command out: written with all that it changes, the waits that it ends and the answer, in one transaction.
 * The same command delivered again gets the first answer; a refused one is answered with the reason and changes nothing.
 */
export const postCommand = async (ports: DeskPorts, command: Command): Promise<CommandAnswer> => {
  try {
    return await transact(ports, command.command, (transaction) => commandIn(ports, transaction, command));
  } catch (error) {
    if (error instanceof RowMissing && error.key.sk === 'journey')
      return { accepted: false, reason: 'there is no such journey' };
    if (!(error instanceof CommandRefused)) throw error;
    return transact(ports, command.command, async (transaction) => {
      const desk = await deskFor(ports, transaction, command.journeyId);
      const known = await desk.get(commands, { journeyId: command.journeyId, id: command.commandId });
      return known === undefined
        ? keepAnswer(desk, command, error.message)
        : { accepted: known.accepted, reason: known.refusal };
    });
  }
};

const keepAnswer = (desk: Desk, command: Command, refusal: string | null): CommandAnswer => {
  const accepted = refusal === null;
  desk.put(commands, { ...command, id: command.commandId, at: desk.now, accepted, refusal });
  const reason = refusal ?? command.reason;
  // The outcome is a journey's last word: what is asked of it later is answered, and kept with the command alone.
  if (desk.journey.outcome !== null) return { accepted, reason: refusal };
  desk.note(command.journeyId, {
    kind: 'command',
    command: command.command,
    by: command.by,
    accepted,
    ...(reason !== null && { reason }),
  });
  return { accepted, reason: refusal };
};
