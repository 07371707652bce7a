import { plusLocal } from '../../domain/time/local.ts';
import type { Desk } from './desk.ts';
import { planMessage } from './ledger.ts';

/** Plans the neutral notices that something to read is ready, for one moment of the journey. */
export const planEducation = async (desk: Desk, anchor: string, at: string): Promise<void> => {
  for (const notice of desk.program.education) {
    if (notice.anchor !== anchor) continue;
    const { message, audience, offset, usefulUntil, channels, id } = notice;
    await planMessage(desk, {
      kind: message,
      to: audience,
      person: audience,
      sendAt: plusLocal(at, offset, desk.journey.zone),
      usefulUntil: plusLocal(at, usefulUntil, desk.journey.zone),
      channels,
      rule: id,
    });
  }
};
