import type { Run } from '../../contracts/run.ts';
import { clearanceInForce } from '../../domain/gates/standing.ts';
import { UNCLEARED } from '../../domain/journey/deadlines.ts';
import { isHalted } from '../../domain/journey/journey.ts';
import { isPending } from '../../domain/journey/task.ts';
import { choosePartner, type PartnerChoice } from '../../domain/partners/choose-partner.ts';
import { handoffs, heads } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { findSlot } from './booking.ts';
import { countOf, type Desk, type DeskPorts, deskFor, holdLine } from './desk.ts';
import { tellWithdrawn } from './offers.ts';
import { newestTask } from './waits.ts';

/** Whether a therapist has a time at all for the sessions that the patient will need: licensed, at work, not booked out. */
const hasTime = async (desk: Desk, therapist: string, partner: string | null): Promise<boolean> => {
  const { therapist: before, partner: from } = desk.journey;
  desk.keep({ therapist, partner });
  const found = await findSlot(desk, 'integration', {});
  desk.keep({ therapist: before, partner: from });
  return 'booked' in found;
};

/**
 * Gives the patient a therapist, of a partner or the clinic's own: who is named, else whoever has the patient already, else the first
 * who has time. A practice that took the patient finds somebody; of the clinic's own nobody may be free.
 */
export const assignTherapist = async (desk: Desk, partner: string | null, named?: string): Promise<boolean> => {
  const able = desk.clinic.practitioners
    .filter((each) => each.roles.includes('therapist') && (each.partner ?? null) === partner)
    .map(({ id }) => id);
  const wanted = [named, desk.journey.therapist].find((id) => able.some((each) => each === id));
  let therapist = wanted ?? undefined;
  for (const id of able) if (therapist === undefined && (await hasTime(desk, id, partner))) therapist = id;
  if (therapist === undefined && partner !== null) therapist = able[0];
  if (therapist === undefined) return false;
  desk.keep({ therapist, partner });
  return true;
};

export type ChosenPartner = {
  readonly choice: PartnerChoice['kind'] | 'wait' | 'end';
  readonly partner: string | null;
  readonly seen: number;
  readonly round: number;
};

/** Whether every clearance is in and stands: one that ended in a pause, or was voided by a finding, is given anew before anybody is asked. */
const isClearedFor = (desk: Desk): boolean =>
  !desk.journey.holds.some(({ reason }) => reason === UNCLEARED) &&
  desk.program.clearances.every(({ kind }) => clearanceInForce(desk.journey, kind, desk.program, desk.now));

/** Whom to offer the patient's care to next: release checked, in the clinic's order, each partner once; else the clinic's own therapist. */
export const nextPartner = (
  ports: DeskPorts,
  input: { run: Run; waits?: boolean | undefined },
): Promise<ChosenPartner> =>
  transact(ports, 'choose-partner', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.run.journeyId);
    await holdLine(desk, input.run);
    const { journey, clinic, program } = desk;
    const head = await desk.need(heads, journey.id);
    const base = { seen: head.lastSignal, round: await countOf(desk, journey.id, 'tasks') };
    if (isHalted(journey)) return { ...base, choice: 'end', partner: null };
    if (journey.therapist !== null) return { ...base, choice: 'placed', partner: journey.partner };
    const handoff = (await desk.get(handoffs, journey.id)) ?? { journeyId: journey.id, offers: [] };
    const open = handoff.offers.find(({ state }) => state === 'offered');
    if (open !== undefined) {
      const asked = await newestTask(desk, journey.id, `partner-offer-${open.partner}`);
      if (asked === undefined || isPending(asked)) return { ...base, choice: 'offer', partner: open.partner };
      const silent = handoff.offers.map((offer) => (offer === open ? { ...offer, state: 'silent' as const } : offer));
      desk.put(handoffs, { ...handoff, offers: silent });
      desk.note(journey.id, { kind: 'handoff', partner: open.partner, event: 'silent' });
      await tellWithdrawn(desk, open.partner);
    }
    if (input.waits === true && !isClearedFor(desk)) return { ...base, choice: 'wait', partner: null };
    const known = (await desk.get(handoffs, journey.id)) ?? handoff;
    const choice = choosePartner({ journey, clinic, program, offers: known.offers });
    if (choice.kind === 'offer') {
      desk.put(handoffs, {
        ...known,
        offers: [...known.offers, { partner: choice.partner, at: desk.now, state: 'offered' }],
      });
      desk.note(journey.id, { kind: 'handoff', partner: choice.partner, event: 'offered' });
      return { ...base, choice: 'offer', partner: choice.partner };
    }
    if (choice.kind === 'placed' && known.offers.length > 0)
      desk.note(journey.id, { kind: 'handoff', partner: known.offers.at(-1)?.partner ?? '', event: 'exhausted' });
    const placed = await assignTherapist(desk, null);
    return { ...base, choice: placed ? 'placed' : 'place', partner: null };
  });
