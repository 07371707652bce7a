import { UNCLEARED } from '../../domain/journey/deadlines.ts';
import type { Clearance } from '../../domain/journey/journey.ts';
import { isPending } from '../../domain/journey/task.ts';
import { askIdOf } from '../../domain/tasks/ask.ts';
import { journeyPartition, lines, tasks } from '../journey-rows.ts';
import { type Desk, placeHold } from './desk.ts';
import { startDetached } from './detached.ts';
import { stopBooking } from './signals.ts';

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
  // Whenever a clearance ends the patient is screened anew (reference 0.3, rule 6): they are asked how they are by now.
  if (kind === 'medical' && last !== undefined && last.voidedAt === null)
    await startDetached(desk, { kind: 'rescreen', about: `renewal-${after}` });
  await startDetached(desk, { kind: asked.task, about: `renewal-${after}` });
};

/** Whether a finding still waits for its review, also one that was asked for just now and is opened as soon as that is written. */
export const isUnderReview = async (desk: Desk): Promise<boolean> => {
  const partition = journeyPartition(desk.journey.id);
  const reviews = await desk.list(tasks, partition, 'task#screening-review-');
  if (reviews.some(isPending)) return true;
  const opened = new Set(reviews.map(askIdOf));
  return (await desk.list(lines, partition, 'line#screening-review-')).some(({ line }) => !opened.has(line));
};

/** Voids the medical clearance, holds the booked dose, and asks for a review and then for a new clearance. */
export const voidClearance = async (desk: Desk, by: string): Promise<void> => {
  const { journey } = desk;
  const voided = journey.clearances.map((each) =>
    each.kind === 'medical' && each.voidedAt === null ? { ...each, voidedAt: desk.now } : each,
  );
  desk.keep({ clearances: voided });
  placeHold(desk, UNCLEARED, by);
  await stopBooking(desk);
  desk.follow({ kind: 'keep-deadline', journeyId: journey.id, deadline: 'uncleared-dose' });
};
