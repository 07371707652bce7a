import type { Cycle } from '../../domain/journey/cycle.ts';
import { dosesBegun, extendedSeries, nextStage } from '../../domain/series/what-next.ts';
import { cycles } from '../journey-rows.ts';
import { changeAppointment, standingAppointment } from './appointment-acts.ts';
import { cyclesOf } from './cycles.ts';
import { type Desk, noteBilling } from './desk.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { endByClinician } from './ending.ts';
import { letPass } from './overriding.ts';
import { cycleOf } from './pair.ts';
import { askForNewPlan } from './plan-change.ts';
import { liftSigns } from './signs.ts';

const changeCycle = async (desk: Desk, task: Parameters<Effect>[1], change: Partial<Cycle>): Promise<void> =>
  desk.put(cycles, { ...(await cycleOf(desk, task)), ...change });

/** The number of doses that an answer names; undefined where it names none. */
const dosesNamed = ({ doses }: Readonly<Record<string, unknown>>): number | undefined =>
  typeof doses === 'number' ? doses : undefined;

const goOn: Effect = async (desk, task, { data }) => {
  const begun = dosesBegun(await cyclesOf(desk));
  const planned = nextStage(desk.program.series, desk.journey, begun, dosesNamed(data));
  if (typeof planned === 'string') throw new AnswerRefused(planned);
  await changeCycle(desk, task, { reviewed: true });
  if (planned !== undefined) desk.keep(planned);
};

/** Besides what the answer itself brings about: nobody is dosed again before the changed plan is signed by all who sign plans. */
const changingPlan =
  (effect: Effect): Effect =>
  async (desk, task, given) => {
    await effect(desk, task, given);
    if (dosesBegun(await cyclesOf(desk)) < desk.journey.dosesPlanned) await askForNewPlan(desk, task);
  };

const stopSeries: Effect = async (desk, task) => {
  await changeCycle(desk, task, { reviewed: true });
  desk.keep({ dosesPlanned: dosesBegun(await cyclesOf(desk)) });
};

const extend: Effect = async (desk, task, { data }) => {
  const begun = dosesBegun(await cyclesOf(desk));
  const planned = extendedSeries(desk.program.series, desk.journey, begun, dosesNamed(data));
  if (typeof planned === 'string') throw new AnswerRefused(planned);
  await changeCycle(desk, task, { reviewed: true });
  desk.keep(planned);
};

/** What the provider found is recorded with the cycle; where it was a visit, the visit was attended. */
const lookedAt: Effect = async (desk, task, { by }) => {
  await liftSigns(desk, task, by.id);
  // What was asked apart from the series (signs, a fading benefit, a departure) is no look at the response.
  if (task.ask.about !== undefined) return;
  await changeCycle(desk, task, { responseReviewed: true });
  const visit = task.appointmentId === null ? undefined : await standingAppointment(desk, 'provider-review');
  if (visit === undefined) return;
  changeAppointment(desk, visit, 'attended', 'attended');
  noteBilling(desk, 'provider-review');
};

/** What a clinician's decisions between doses bring about: how the series goes on, and what a gate lets pass. */
export const seriesEffects: Effects = {
  'next-step': { continue: goOn, 'change-plan': changingPlan(goOn), stop: stopSeries, extend },
  'response-review': {
    continue: lookedAt,
    'change-plan': changingPlan(lookedAt),
    stop: async (desk, task, given) => {
      await lookedAt(desk, task, given);
      await endByClinician(desk, given.reason ?? 'response-review: stop');
    },
  },
  'gate-review': {
    overridden: async (desk, task, { by, reason }) => {
      const [gate = '', scope = ''] = (task.ask.about ?? '').split(':');
      letPass(desk, { gate, scope, checks: task.ask.checks ?? [], role: task.role, by: by.id, reason: reason ?? '' });
    },
  },
};
