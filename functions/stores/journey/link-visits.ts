import { type Link, VISIT_LASTS, type Visit } from '../../domain/links/link.ts';
import { plus } from '../../domain/time/instants.ts';
import { visits } from '../link-rows.ts';
import type { Transaction } from '../transaction.ts';
import type { Desk, DeskPorts } from './desk.ts';
import { find, type LinkOpened, NOTHING, nothingOpen, type Opened, seenOf, shown } from './link-standing.ts';

/** Opens the forms of a link for somebody who has proved who they are. */
export const beginVisit = async (desk: Desk, { hash }: Link, nonce: string): Promise<void> => {
  if ((await desk.get(visits, { hash, nonce })) !== undefined) return;
  desk.put(visits, { hash, nonce, until: plus(desk.now, VISIT_LASTS), provedAt: desk.now, answered: null });
};

/** Writes down what was answered under a nonce, which nobody can use again. */
export const useUp = (desk: Desk, visit: Omit<Visit, 'until'>): void =>
  desk.put(visits, { ...visit, until: plus(desk.now, VISIT_LASTS) });

/** Somebody who may answer under this nonce now, and when they proved who they are, where that was asked. */
export type Answering = { readonly opened: Opened; readonly provedAt: string | null };

/** Whether a form may be answered; otherwise what is to be told: what it answered before, or why it is closed. */
export const mayAnswer = async (
  ports: DeskPorts,
  transaction: Transaction,
  { id, nonce }: { readonly id: string; readonly nonce: string },
): Promise<Answering | LinkOpened> => {
  const opened = await find(ports, transaction, id);
  if (opened === undefined) return nothingOpen(NOTHING);
  const { desk, link } = opened;
  const visit = await desk.get(visits, { hash: link.hash, nonce });
  if (visit?.answered)
    return shown(opened, { standing: 'answered', forms: [], appointment: undefined, answered: visit.answered });
  const seen = await seenOf(opened);
  if (seen.standing !== 'open' && seen.standing !== 'to-prove') return nothingOpen(seen);
  const provedAt = visit !== undefined && desk.now <= visit.until ? visit.provedAt : null;
  if (seen.standing === 'to-prove' && provedAt === null) return nothingOpen(seen);
  return { opened, provedAt };
};
