import type { FactSheet } from '../../domain/screening/facts.ts';
import { unjudged } from '../../domain/screening/fired-rule.ts';
import { journeyPartition, screenings } from '../journey-rows.ts';
import { isUnderReview, voidClearance } from './clearances.ts';
import { countUp, type Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { endByClinician } from './ending.ts';
import { openCrisisOfAnswers } from './safety.ts';
import { type Facts, isToFinish, screenNow } from './screening.ts';
import { pendingTasks, supersedeWhere } from './signals.ts';

const isScreeningReview = ({ kind }: { kind: string }): boolean => kind === 'screening-review';

/** Whether the last finding was judged: nobody still reviews it, and the clearance was not voided for it. */
const wasJudged = async (desk: Desk): Promise<boolean> =>
  !(await isUnderReview(desk)) &&
  desk.journey.clearances.every(({ kind, voidedAt }) => kind !== 'medical' || voidedAt === null);

/**
 * Screens a patient again while care goes on: what nobody has judged yet holds it until it was reviewed and the patient cleared
 * anew. `told` are the facts that are news in themselves, even where the sheet said so before.
 */
export const screenAnew = async (desk: Desk, sheet: FactSheet, by: string, told: Facts): Promise<void> => {
  const { screening, phase, ending, id } = desk.journey;
  if (screening === null || ending !== null || desk.journey.seriesEndedAt !== null) return;
  const last = (await desk.list(screenings, journeyPartition(id), 'screening#')).at(-1);
  const found = await screenNow(desk, sheet);
  const news = unjudged(found.fired, last?.fired ?? [], told);
  if (phase !== 'screening' && found.disposition !== 'crisis' && news.length === 0 && (await wasJudged(desk))) return;
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
