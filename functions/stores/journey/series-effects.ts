import type { Cycle } from '../../domain/journey/cycle.ts';
import { clinicianEnding } from '../../domain/journey/endings.ts';
import { extendedSeries } from '../../domain/series/what-next.ts';
import { cycles } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { cyclesOf } from './intake-effects.ts';
import { cycleOf } from './pair.ts';

const reviewed = async (desk: Desk, task: Parameters<Effect>[1]): Promise<Cycle> => {
  const cycle = { ...(await cycleOf(desk, task)), reviewed: true };
  desk.put(cycles, cycle);
  return cycle;
};

const stopSeries: Effect = async (desk, task) => {
  await reviewed(desk, task);
  const begun = (await cyclesOf(desk)).filter(({ startedAt }) => startedAt !== null).length;
  desk.keep({ dosesPlanned: begun });
};

const extend: Effect = async (desk, task, { data }) => {
  const doses = extendedSeries(desk.program.series, desk.journey, typeof data.doses === 'number' ? data.doses : 1);
  if (typeof doses === 'string') throw new AnswerRefused(doses);
  await reviewed(desk, task);
  desk.keep({ dosesPlanned: doses });
};

/** What a clinician's decisions between doses bring about: how the series goes on, and what a gate lets pass. */
export const seriesEffects: Effects = {
  'next-step': {
    continue: async (desk, task) => void (await reviewed(desk, task)),
    'change-plan': async (desk, task) => void (await reviewed(desk, task)),
    stop: stopSeries,
    extend,
  },
  'response-review': {
    stop: async (desk, task, { reason }) => {
      await reviewed(desk, task);
      if (desk.journey.ending === null)
        desk.keep({ ending: clinicianEnding(await cyclesOf(desk), reason ?? 'response-review: stop', desk.now) });
    },
  },
  'gate-review': {
    overridden: async (desk, task, { by, reason }) => {
      const [gate = '', scope = ''] = (task.ask.about ?? '').split(':');
      // What was let pass at check-in stands five minutes later, right before the drug, for the same readings.
      const gates = gate === 'dosing-day' ? ['dosing-day', 'pre-dose'] : [gate];
      const checks = task.ask.checks ?? [];
      const given = gates.flatMap((each) =>
        checks.map((check) => ({ gate: each, scope, check, role: task.role, by: by.id, reason: reason ?? '' })),
      );
      desk.keep({ overrides: [...desk.journey.overrides, ...given] });
    },
  },
};
