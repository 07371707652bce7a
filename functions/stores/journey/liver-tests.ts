import { type LiverTests, liverTest } from '../../domain/follow-up/liver-tests.ts';
import { dosesBegun } from '../../domain/series/what-next.ts';
import { localDate } from '../../domain/time/local.ts';
import { clinicals } from '../journey-rows.ts';
import { cyclesOf } from './cycles.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { screenAnew } from './rescreening.ts';
import { keepFacts, readAnswered } from './screening.ts';
import { pendingTasks } from './signals.ts';

/** The last test: one that was recorded, or the value that the screening knew, which is the baseline. */
const lastTest = async ({ journey, need, clinic }: Desk): Promise<LiverTests['last']> => {
  if (journey.liverTest !== null) return journey.liverTest;
  const { facts } = await need(clinicals, journey.id);
  if (typeof facts.alt_ast_x_uln !== 'number' || journey.screening === null) return null;
  return { doses: 0, on: localDate(journey.screening.at, clinic.zone) };
};

/** Asks the provider for a liver test that is due before the next dose is booked (reference 5), unless they are asked already. */
export const askLiverTest = async (desk: Desk): Promise<void> => {
  const doses = dosesBegun(await cyclesOf(desk));
  const today = localDate(desk.now, desk.clinic.zone);
  const due = liverTest({ doses, last: await lastTest(desk) }, desk.library.care().followUp, today);
  if (due === 'none') return;
  if ((await pendingTasks(desk, 'liver-test')).length === 0)
    await startDetached(desk, { kind: 'liver-test', about: `after-${doses}` });
};

const settled = async (desk: Desk): Promise<void> =>
  desk.keep({
    liverTest: { doses: dosesBegun(await cyclesOf(desk)), on: localDate(desk.now, desk.clinic.zone) },
  });

/** What the test says is read by the same rules as at the screening. */
const recorded: Effect = async (desk, task, { data, by }) => {
  if (typeof data.altAstXUln !== 'number')
    throw new AnswerRefused(`${task.id} needs data.altAstXUln, a multiple of the upper limit of normal`);
  const { facts: before } = await desk.need(clinicals, desk.journey.id);
  const sheet = await keepFacts(desk, { alt_ast_x_uln: data.altAstXUln }, readAnswered);
  await settled(desk);
  if (before.alt_ast_x_uln !== data.altAstXUln) await screenAnew(desk, sheet, by.id, {});
};

/** What a liver test brings about. */
export const liverTestEffects: Effects = { 'liver-test': { recorded, 'not-needed': settled } };
