import type { Clearance } from '../../domain/journey/journey.ts';
import type { Desk } from './desk.ts';
import { startDetached } from './detached.ts';

/** Letters and digits of an instant, as part of a name. */
const compact = (instant: string): string => instant.replaceAll(/[^0-9TZ]/g, '').slice(0, 15);

/**
 * Asks for a clearance anew, once for each that ends or was voided: the gates wait for it, and no dose is given meanwhile.
 * The one that it follows names the question, so asking twice is asking once.
 */
export const askClearance = async (desk: Desk, kind: Clearance['kind']): Promise<void> => {
  const asked = desk.program.clearances.find((each) => each.kind === kind);
  if (asked === undefined) return;
  const last = desk.journey.clearances.find((each) => each.kind === kind);
  const after = last === undefined ? 'first' : compact(last.voidedAt ?? last.validUntil);
  await startDetached(desk, { kind: asked.task, about: `renewal-${after}` });
};
