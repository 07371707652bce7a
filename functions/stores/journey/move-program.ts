import type { Appointment } from '../../domain/journey/appointment.ts';
import { isHalted, type Journey } from '../../domain/journey/journey.ts';
import type { Move } from '../../domain/migration/move.ts';
import { type MovePreview, previewMove as previewOf } from '../../domain/migration/preview-move.ts';
import { seriesUnder } from '../../domain/migration/series-under.ts';
import { programFor } from '../../domain/program/for-journey.ts';
import { dosesBegun } from '../../domain/series/what-next.ts';
import { askIdOf } from '../../domain/tasks/ask.ts';
import { appointments, cycles, heads, journeyPartition, journeys, messages, tasks } from '../journey-rows.ts';
import { type Transaction, transact } from '../transaction.ts';
import { askClearance } from './clearances.ts';
import { cyclesOf } from './cycles.ts';
import { type Desk, type DeskPorts, deskFor } from './desk.ts';
import { startDetached } from './detached.ts';
import { cancelMessage } from './ledger.ts';
import { lookAgainAt } from './pair-moves.ts';
import { askForSignatures } from './plan-change.ts';
import { rebook } from './rebooking.ts';
import { sceneFor } from './scene.ts';
import { postSignal, supersedeWhere } from './signals.ts';
import { PROGRAM_CHANGED } from './taken-back.ts';
import { continueWeekly } from './weekly-measures.ts';

/** Which journey is to go over to which version of its own program. */
export type Wanted = { readonly journeyId: string; readonly to: number };

/** Who decided it, and why. */
export type Decision = Wanted & { readonly by: string; readonly reason: string };

/** Which journey is on which version, and what would change. */
export type JourneyMove = MovePreview & {
  readonly journeyId: string;
  readonly phase: Journey['phase'];
  readonly from: number;
};

/** The journey as it would be: pinned to the other version, with as many doses as that plans. */
const movedJourney = (journey: Journey, { from, to }: Pick<Move, 'from' | 'to'>, begun: number): Journey => {
  const series = seriesUnder(from.series, to.series, journey, begun);
  return {
    ...journey,
    program: { id: to.id, version: to.version },
    ...('dosesPlanned' in series && { dosesPlanned: series.dosesPlanned }),
  };
};

const moveFor = async (
  ports: DeskPorts,
  transaction: Transaction,
  wanted: Wanted,
): Promise<{ desk: Desk; move: Move }> => {
  const desk = await deskFor(ports, transaction, wanted.journeyId);
  const { journey, library } = desk;
  const from = library.program(journey.program);
  const to = library.program({ id: journey.program.id, version: wanted.to });
  const all = await cyclesOf(desk);
  const after = movedJourney(journey, { from, to }, dosesBegun(all));
  const head = await desk.need(heads, journey.id);
  const cycle = head.machine === 'cycle' ? head.number : undefined;
  const partition = journeyPartition(journey.id);
  return {
    desk,
    move: {
      from,
      to,
      before: await sceneFor(desk, cycle),
      after: await sceneFor({ ...desk, journey: after, program: programFor(to, after) }, cycle),
      appointments: await desk.list(appointments, partition, 'appointment#'),
      messages: await desk.list(messages, partition, 'message#'),
      tasks: await desk.list(tasks, partition, 'task#'),
    },
  };
};

const described = ({ before: { journey } }: Move, preview: MovePreview): JourneyMove => ({
  journeyId: journey.id,
  phase: journey.phase,
  from: journey.program.version,
  ...preview,
});

/** What would change for a journey that goes over to another version of its program; writes nothing. */
export const previewMove = (ports: DeskPorts, wanted: Wanted): Promise<JourneyMove> =>
  transact(ports, 'preview-move', async (transaction) => {
    const { move } = await moveFor(ports, transaction, wanted);
    return described(move, previewOf(move));
  });

/** Takes back what the old version planned to say of appointments that stay, and asks for it to be planned anew. */
const replanMessages = (desk: Desk, move: Move, { messages: changes, appointments: all }: MovePreview): void => {
  const changed = (id: string | null, rule: string | null) =>
    changes.some((each) => each.appointment === id && each.rule === rule);
  for (const message of move.messages)
    if (changed(message.appointmentId, message.rule)) cancelMessage(desk, message, PROGRAM_CHANGED);
  for (const { id } of all.filter(({ id: each }) => changes.some(({ appointment }) => appointment === each))) {
    const revision = move.appointments.find((each) => each.id === id)?.revision;
    if (revision !== undefined)
      desk.follow({ kind: 'replan-appointment', journeyId: desk.journey.id, appointmentId: id, revision });
  }
};

const askAnew = async (desk: Desk, { asked }: MovePreview, to: number): Promise<void> => {
  for (const kind of asked.clearances) await askClearance(desk, kind);
  if (asked.signatures.length > 0) await askForSignatures(desk, asked.signatures, `version-${to}`);
  if (asked.cost) await startDetached(desk, { kind: 'acknowledge-cost', about: `version-${to}` });
};

/** Takes an order back that was signed under other limits; the day of the dose asks for another before anybody is checked in. */
const orderAnew = async (desk: Desk, numbers: readonly number[]): Promise<void> => {
  for (const number of numbers) {
    const cycle = await desk.need(cycles, { journeyId: desk.journey.id, number });
    if (cycle.orderedAt === null) continue;
    desk.put(cycles, { ...cycle, orderedAt: null });
    const { dosingAppointmentId: id } = cycle;
    if (id === null) continue;
    await lookAgainAt(desk, PROGRAM_CHANGED, [id]);
    // The check-in may be about to be asked for: whoever waits for it then finds this.
    await postSignal(desk, { cause: PROGRAM_CHANGED, taskIds: [askIdOf({ kind: 'dosing-day-check', subject: id })] });
  }
};

const isAnew =
  ({ appointments: changes }: MovePreview) =>
  ({ id }: Appointment): boolean =>
    changes.some((change) => change.id === id && change.becomes === 'planned-anew');

/**
 * Lets a journey go on by another version of its program, because a person decided so: what was done counts, what is booked stays
 * where it fits and is planned anew where it does not, what is still missing is asked for, and every gate reads the new version.
 * A journey that may not go over stays as it is; a second time changes nothing.
 */
export const moveProgram = (ports: DeskPorts, decision: Decision): Promise<JourneyMove & { readonly moved: boolean }> =>
  transact(ports, 'move-program', async (transaction) => {
    const { desk: old, move } = await moveFor(ports, transaction, decision);
    const preview = previewOf(move);
    const said = described(move, preview);
    if (preview.refused.length > 0) return { ...said, moved: false };
    // A dose that begins at this moment begins by the old version, or this is decided again.
    for (const { journeyId, number } of move.before.cycles) await old.check(cycles, { journeyId, number });
    old.put(journeys, move.after.journey);
    const desk = await deskFor(ports, transaction, decision.journeyId);
    const { by, reason, to } = decision;
    desk.note(desk.journey.id, { kind: 'program', from: said.from, to, by, reason });
    replanMessages(desk, move, preview);
    await rebook(desk, PROGRAM_CHANGED, move.appointments.filter(isAnew(preview)));
    await orderAnew(desk, preview.asked.orders);
    await askAnew(desk, preview, to);
    if (!isHalted(desk.journey) && dosesBegun(move.before.cycles) > 0) await continueWeekly(desk);
    desk.follow({ kind: 'keep-deadline', journeyId: desk.journey.id, deadline: 'clearance-renewal' });
    const { takenBack } = preview.asked;
    await supersedeWhere(desk, PROGRAM_CHANGED, ({ id }) => takenBack.includes(id), { gates: true });
    return { ...said, moved: true };
  });
