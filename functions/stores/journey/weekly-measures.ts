import { isStanding } from '../../domain/journey/appointment.ts';
import { isPending, type Task } from '../../domain/journey/task.ts';
import { weeklyAt } from '../../domain/tasks/opening.ts';
import { atLocal, localDate, plusDays } from '../../domain/time/local.ts';
import { journeyPartition, lines, tasks } from '../journey-rows.ts';
import { appointmentsOf } from './appointment-acts.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { newestTask } from './waits.ts';

/** Questionnaires that come at an interval during the series: of those with the same interval the first leads. */
const leadsOf = ({ program }: Desk) => {
  const measures = program.measures.filter(({ at }) => at.includes('series'));
  return measures.flatMap(({ id, every }) => {
    const [first, ...others] = measures.filter((each) => each.every === every);
    return every === undefined || first?.id !== id ? [] : [{ leader: id, every, led: others.map((each) => each.id) }];
  });
};

/** From the first dose on, questionnaires come at their interval. */
export const beginWeekly = async (desk: Desk): Promise<void> => {
  for (const { leader, every } of leadsOf(desk))
    await startDetached(desk, {
      kind: 'answer-measure',
      about: `${leader}-week-1`,
      opensAt: weeklyAt(desk.now, every, desk.journey.zone),
    });
};

/**
 * After a change of the program, each questionnaire that now leads its interval goes on from its next number, unless it is
 * planned already.
 */
export const continueWeekly = async (desk: Desk): Promise<void> => {
  for (const { leader: id, every } of leadsOf(desk)) {
    const point = `answer-measure-${id}-week-`;
    const asked = (await desk.list(lines, journeyPartition(desk.journey.id), `line#${point}`)).map(({ line }) =>
      Number(line.slice(point.length)),
    );
    const planned = await desk.list(tasks, journeyPartition(desk.journey.id), `task#${point}`);
    const last = Math.max(0, ...asked);
    if (last > 0 && planned.some((task) => isPending(task) && task.subject === `${id}-week-${last}`)) continue;
    await startDetached(desk, {
      kind: 'answer-measure',
      about: `${id}-week-${last + 1}`,
      opensAt: weeklyAt(desk.now, every, desk.journey.zone),
    });
  }
};

/** Which questionnaire leads its interval with this task, and the how-manieth it is; undefined for any other task. */
const leadOf = (desk: Desk, { kind, ask }: Task) => {
  const [id, point, number] = (ask.about ?? '').split(/-(week)-/);
  const lead = leadsOf(desk).find(({ leader }) => leader === id);
  return kind === 'answer-measure' && point === 'week' && lead ? { ...lead, number: Number(number) } : undefined;
};

/**
 * When a weekly questionnaire may come that would come too soon after the one before: that one was taken back by a pause and asked for
 * again after it. Null when it may come now.
 */
export const afterTheLast = async (desk: Desk, task: Task): Promise<string | null> => {
  const lead = leadOf(desk, task);
  if (lead === undefined) return null;
  const before = await newestTask(desk, desk.journey.id, `answer-measure-${lead.leader}-week-${lead.number - 1}`);
  if (before?.openedAt == null) return null;
  const from = weeklyAt(before.openedAt, lead.every, desk.journey.zone);
  return from > desk.now ? from : null;
};

/**
 * The questionnaires of the series come again after their interval, until the series has ended. The first of them leads:
 * when it opens, it opens those that keep the same interval and plans itself for the next time.
 */
export const planNextWeek = async (desk: Desk, task: Task): Promise<void> => {
  const lead = desk.journey.phase === 'series' ? leadOf(desk, task) : undefined;
  if (lead === undefined) return;
  const { leader, every, number, led } = lead;
  for (const id of led) await startDetached(desk, { kind: task.kind, about: `${id}-week-${number}` });
  await startDetached(desk, {
    kind: task.kind,
    about: `${leader}-week-${number + 1}`,
    opensAt: weeklyAt(desk.now, every, desk.journey.zone),
  });
};

/** A patient has the day of a dose for themselves: questionnaires come the morning after. */
export const restingUntil = async (desk: Desk): Promise<string | null> => {
  const { zone } = desk.journey;
  const today = localDate(desk.now, zone);
  const all = await appointmentsOf(desk, 'dosing');
  const dosing = all.some(
    (each) => (isStanding(each) || each.state === 'attended') && localDate(each.startsAt, zone) === today,
  );
  return dosing && desk.program.dosing.quiet ? atLocal(plusDays(today, 1), '10:00', zone) : null;
};
