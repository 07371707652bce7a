import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import { nextDigestAt } from '../../functions/domain/tasks/digest.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { Call } from './functions.ts';

/** The rule that sends digests, on one machine: whenever somebody comes to work while a task of the clinic's people is open. */
export const morningRound = (clock: VirtualClock, clinic: () => Clinic, send: () => Call) => {
  let planned = false;

  const plan = (at: string | undefined | null): void => {
    if (planned || at === undefined || at === null) return;
    planned = true;
    clock.at(Date.parse(at), async () => {
      planned = false;
      const sent = await send()({});
      if (typeof sent === 'object' && sent !== null && 'nextAt' in sent && typeof sent.nextAt === 'string')
        plan(sent.nextAt);
    });
  };

  return {
    /** Takes up where another process ended: somebody may have something open. */
    begin: (now: string): void => plan(nextDigestAt(clinic(), now)),
    hear({ at, entry }: AuditEvent): void {
      const isStaff =
        entry.kind === 'task' && entry.event === 'opened' && entry.role !== 'patient' && entry.role !== 'partner';
      if (isStaff && !planned) plan(nextDigestAt(clinic(), at));
    },
  };
};
