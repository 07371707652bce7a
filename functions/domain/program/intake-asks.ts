import type { Ask } from '../journey/task.ts';
import type { Program } from './program.ts';

/** What an intake asks of people, step by step: the order is that of the program. */
export type IntakeAsks = {
  /** Before the screening, one after the other. */
  readonly screeningAsks: Ask[];
  readonly clearanceAsks: Ask[];
  /** What has to be agreed before the preparation: the plan by everybody whom the program names, the consents, the cost. */
  readonly planAsks: Ask[];
};

/** What the intake of a journey asks, as its program says. */
export const intakeAsks = ({
  referral,
  clearances,
  plan,
}: Pick<Program, 'referral' | 'clearances' | 'plan'>): IntakeAsks => ({
  screeningAsks: [
    ...(referral === undefined ? [] : [{ kind: 'refer-to-prescriber', role: referral.role } as const]),
    { kind: 'answer-screening' },
  ],
  clearanceAsks: clearances.map(({ task, role }): Ask => ({ kind: task, role })),
  planAsks: [
    ...plan.signOffs.map((role): Ask => ({ kind: 'plan-sign-off', role })),
    { kind: 'sign-consents' },
    ...(plan.acknowledgeCost ? [{ kind: 'acknowledge-cost' } as const] : []),
  ],
});
