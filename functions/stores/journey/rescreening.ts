import type { FactSheet } from '../../domain/screening/facts.ts';
import { voidClearance } from './clearances.ts';
import { countUp, type Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { endByClinician } from './ending.ts';
import { openCrisisOfAnswers } from './safety.ts';
import { isToFinish, screenNow } from './screening.ts';
import { pendingTasks, supersedeWhere } from './signals.ts';

const isScreeningReview = ({ kind }: { kind: string }): boolean => kind === 'screening-review';

/** Screens a patient again while care goes on: what is found holds it until it was reviewed and the patient cleared anew. */
export const screenAnew = async (desk: Desk, sheet: FactSheet, by: string): Promise<void> => {
  const { screening, phase, ending } = desk.journey;
  if (screening === null || ending !== null || desk.journey.seriesEndedAt !== null) return;
  const found = await screenNow(desk, sheet);
  await supersedeWhere(desk, 'screened-anew', isScreeningReview, { gates: true });
  if (found.disposition === 'crisis') await openCrisisOfAnswers(desk, 'screening', null);
  if (phase === 'screening' || found.disposition === 'eligible') return;
  if (found.disposition !== 'crisis' && found.reviewRole === null && (await isToFinish(desk, sheet))) {
    await voidClearance(desk, by);
    await askToFinish(desk);
    return;
  }
  if (found.disposition !== 'crisis' && found.reviewRole === null) {
    await endByClinician(desk, found.reasons.join(', '));
    return;
  }
  await voidClearance(desk, by);
  const role = found.reviewRole ?? 'medical-director';
  await startDetached(desk, {
    kind: 'screening-review',
    role,
    about: `rescreen-${await countUp(desk, desk.journey.id, 'rescreen')}`,
  });
};

/** The patient is asked again for what nobody can decide without, unless they are being asked already. */
const askToFinish = async (desk: Desk): Promise<void> => {
  if ((await pendingTasks(desk, 'rescreen')).length > 0) return;
  await startDetached(desk, { kind: 'rescreen', about: `open-${await countUp(desk, desk.journey.id, 'rescreen')}` });
};
