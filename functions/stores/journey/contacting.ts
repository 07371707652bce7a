import { cyclesOf } from './cycles.ts';
import { closeDebt } from './debts.ts';
import { type Desk, setEnding } from './desk.ts';
import { supersedeWhere } from './signals.ts';

/** Nobody reached in so many running contacts ends the journey (rehearsal: Outcomes). */
const CONTACTS = 3;

/** The patient was reached, or not; the third time running that nobody was ends the journey. */
export const contact = async (desk: Desk, reached: boolean): Promise<'go-on' | 'over'> => {
  const unreached = reached ? 0 : desk.journey.unreached + 1;
  desk.keep({ unreached });
  if (unreached < CONTACTS) return 'go-on';
  const reason = `nobody reached in ${CONTACTS} running contacts`;
  setEnding(desk, { kind: 'unresponsive', reason, at: desk.now });
  for (const cycle of await cyclesOf(desk)) await closeDebt(desk, cycle, 'waived', 'system', reason);
  await supersedeWhere(desk, 'unresponsive', ({ role }) => role === 'patient', { gates: true });
  return 'over';
};
