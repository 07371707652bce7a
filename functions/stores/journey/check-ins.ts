import type { Cycle } from '../../domain/journey/cycle.ts';
import { checkInOf, checkInSubject } from '../../domain/program/check-ins.ts';
import { plusLocal } from '../../domain/time/local.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';
import { supersedeWhere } from './signals.ts';

/**
 * Plans the contacts that a program wants days after a dose, from its recorded end; each stands by itself. What an earlier dose
 * still had planned is of no more use: the patient has had another one.
 */
export const planCheckIns = async (desk: Desk, { number }: Cycle, endedAt: string): Promise<void> => {
  const { checkIns = [] } = desk.program;
  if (checkIns.length === 0) return;
  await supersedeWhere(
    desk,
    'next-dose',
    ({ ask }) => checkInOf(desk.program, ask.about) !== undefined && (ask.cycle ?? number) < number,
  );
  for (const checkIn of checkIns)
    await startDetached(desk, {
      kind: checkIn.task,
      cycle: number,
      about: checkInSubject(checkIn, number),
      opensAt: plusLocal(endedAt, checkIn.after, desk.journey.zone),
    });
};
