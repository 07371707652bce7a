import {
  type Deadline,
  longestPauseEnds,
  renewals,
  type Standing,
  unclearedDoseMoves,
} from '../../domain/journey/deadlines.ts';
import { transact } from '../transaction.ts';
import { standingAppointment } from './appointment-acts.ts';
import { askClearance } from './clearances.ts';
import { type Desk, type DeskPorts, deskFor, setEnding } from './desk.ts';
import { wake } from './main-line.ts';
import { movePair } from './pair-moves.ts';
import { stopTheRest } from './stopping.ts';

const standingOf = async (desk: Desk): Promise<Standing> => ({
  journey: desk.journey,
  program: desk.program,
  clinic: desk.clinic,
  dosing: await standingAppointment(desk, 'dosing'),
});

const later = (at: string | undefined, now: string): string | null => (at === undefined || at <= now ? null : at);

/** A patient who has not come back for so long has left. */
const longestPause = async (desk: Desk): Promise<string | null> => {
  const ends = longestPauseEnds(await standingOf(desk));
  if (ends === undefined || ends > desk.now) return later(ends, desk.now);
  setEnding(desk, { kind: 'withdrawn', reason: 'the longest pause has passed', at: desk.now });
  await stopTheRest(desk, 'longest-pause');
  await wake(desk);
  return null;
};

/** Asks for each clearance anew a while before it ends, so that the series need not wait for it. */
const clearanceRenewal = async (desk: Desk): Promise<string | null> => {
  const all = renewals(await standingOf(desk));
  for (const { clearance, at } of all) if (at <= desk.now) await askClearance(desk, clearance.kind);
  return all.flatMap(({ at }) => later(at, desk.now) ?? []).toSorted()[0] ?? null;
};

/** A dose for which the patient is not cleared anew in time goes to a later day. */
const unclearedDose = async (desk: Desk): Promise<string | null> => {
  const standing = await standingOf(desk);
  const moves = unclearedDoseMoves(standing);
  if (moves === undefined || moves > desk.now || standing.dosing === undefined) return later(moves, desk.now);
  await movePair(desk, standing.dosing);
  return later(unclearedDoseMoves(await standingOf(desk)), desk.now);
};

const KEEP: Readonly<Record<Deadline, (desk: Desk) => Promise<string | null>>> = {
  'longest-pause': longestPause,
  'clearance-renewal': clearanceRenewal,
  'uncleared-dose': unclearedDose,
};

/** Asks the outbox to look at a deadline: its time may have come. */
export const askDeadline = (ports: DeskPorts, input: { journeyId: string; deadline: Deadline }): Promise<void> =>
  transact(ports, 'on-deadline', async (transaction) =>
    transaction.follow({ kind: 'keep-deadline', journeyId: input.journeyId, deadline: input.deadline }),
  );

/** Does what a deadline asks for if its time has come, and says when to look again; null when there is nothing to look for. */
export const keepDeadline = (
  ports: DeskPorts,
  input: { journeyId: string; deadline: Deadline },
): Promise<{ at: string | null }> =>
  transact(ports, 'keep-deadline', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    return { at: desk.journey.outcome === null ? await KEEP[input.deadline](desk) : null };
  });
