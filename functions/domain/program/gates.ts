import * as z from 'zod';
import { CHECK_IDS, CHECKS, type CheckId, GATES, type GateKind, PHASES } from '../names.ts';
import { distinct } from './values.ts';

const asks = (id: CheckId, gate: GateKind): boolean => CHECKS[id].gates.some((each) => each === gate);

const checksOf = (gate: GateKind) => {
  const ids = CHECK_IDS.filter((id) => asks(id, gate));
  return z.array(z.enum(ids)).refine(distinct, 'names a check twice; each once');
};

/** The checks that each gate asks, in the order shown to people. */
export const gates = z.strictObject({
  commitment: checksOf('commitment'),
  screening: checksOf('screening'),
  clearance: checksOf('clearance'),
  enrolment: checksOf('enrolment'),
  booking: checksOf('booking'),
  'dosing-day': checksOf('dosing-day'),
  'pre-dose': checksOf('pre-dose'),
  discharge: checksOf('discharge'),
} satisfies Record<GateKind, z.ZodType>);

/** Gates without which no program is safe; a program may leave the others empty. */
export const NEEDED_GATES = GATES.filter((gate) => gate !== 'commitment');

/** Phases in the one order in which a journey may take them; only the plan may be left out. */
export const phases = z.array(z.enum(PHASES)).superRefine((found, context) => {
  const expected = PHASES.filter((phase) => phase !== 'plan' || found.includes('plan'));
  if (found.join() !== expected.join())
    context.addIssue({ code: 'custom', message: `found ${found.join(', ')}; allowed: ${expected.join(', ')}` });
});
