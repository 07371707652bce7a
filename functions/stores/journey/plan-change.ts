import type { Task } from '../../domain/journey/task.ts';
import type { Role } from '../../domain/names.ts';
import { type Desk, liftHold, placeHold } from './desk.ts';
import { startDetached } from './detached.ts';
import { postSignal } from './signals.ts';

/** Why nobody is dosed while a changed plan waits for its signatures. */
const PLAN_CHANGED = 'plan-changed';

/** The plan needs signatures of these roles: nobody is dosed before the last of them. */
export const askForSignatures = async (desk: Desk, roles: readonly Role[], about: string): Promise<void> => {
  placeHold(desk, PLAN_CHANGED, null);
  for (const role of roles) await startDetached(desk, { kind: 'plan-sign-off', role, about });
};

/** A clinician changed the plan: everybody who signs plans signs anew, and the next dose waits for the last of them. */
export const askForNewPlan = async (desk: Desk, { id }: Task): Promise<void> => {
  desk.keep({ planSignedBy: [] });
  await askForSignatures(desk, desk.program.plan.signOffs, `change-${id}`);
};

/** One more signature under the plan; the last one lets the series go on. */
export const signPlan = async (desk: Desk, role: Role): Promise<void> => {
  const planSignedBy = [...new Set([...desk.journey.planSignedBy, role])];
  desk.keep({ planSignedBy });
  const held = desk.journey.holds.some(({ reason }) => reason === PLAN_CHANGED);
  if (!held || !desk.program.plan.signOffs.every((each) => planSignedBy.includes(each))) return;
  liftHold(desk, PLAN_CHANGED, null);
  await postSignal(desk, { cause: PLAN_CHANGED, gates: true });
};
