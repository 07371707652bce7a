import { readTelephone } from '../../domain/contact/address.ts';
import { type InboundWord, inboundWord, isConfirmedByCarrier } from '../../domain/messages/inbound-words.ts';
import { localDate } from '../../domain/time/local.ts';
import { journeys, numbers } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { postCommand } from './commands.ts';
import { type Coming, confirmComing, nextComing } from './confirm-coming.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { callInstead } from './ledger.ts';
import { numberHash, stopNumber } from './numbers.ts';

/** A text that came in: its carrier's id, who sent it (E.164) and what it says. */
export type Text = { readonly id: string; readonly from: string; readonly text: string };

/** What became of a text: nobody is known under its number, or what it asked for was done. */
export type Heeded = { readonly known: number; readonly word: InboundWord | 'other' };

/** Somebody wrote what no rule answers: a person calls, once a day at most; the words themselves are kept nowhere. */
const callBack = (ports: DeskPorts, journeyId: string): Promise<void> =>
  transact(ports, 'heed-text', async (transaction) => {
    const desk = await deskFor(ports, transaction, journeyId);
    if (desk.journey.outcome !== null || desk.journey.ending?.kind === 'died') return;
    await callInstead(desk, `text-${localDate(desk.now, desk.journey.zone)}`);
  });

/** Whether whoever wrote C has something ahead that they confirmed by it. */
const confirmNext = (ports: DeskPorts, journeyId: string, whose: Coming): Promise<boolean> =>
  transact(ports, 'heed-text', async (transaction) => {
    const desk = await deskFor(ports, transaction, journeyId);
    const next = await nextComing(desk, whose);
    if (next !== undefined) confirmComing(desk, next, whose);
    return next !== undefined;
  });

/**
 * Heeds a text from a patient or a chaperone. STOP ends every text to the number and START allows them again, at once and in every
 * journey that knows it; C confirms the next appointment; HELP, like anything else, becomes a person's call. The same text delivered twice is heeded once.
 */
export const heedText = async (ports: DeskPorts, { id, from, text }: Text): Promise<Heeded> => {
  const number = readTelephone(from);
  const word = inboundWord(text) ?? 'other';
  if (number === undefined) return { known: 0, word };
  const whose = await transact(ports, 'heed-text', async (transaction) => {
    if (word === 'stop' || word === 'start') await stopNumber(transaction, number, word === 'stop');
    const all = await transaction.list(numbers, `contact#${numberHash(number)}`, 'journey#');
    const live = [];
    for (const entry of all) if ((await transaction.get(journeys, entry.journeyId))?.outcome === null) live.push(entry);
    return live;
  });
  for (const entry of whose) {
    const isConfirmed = word === 'confirm' && (await confirmNext(ports, entry.journeyId, entry.whose));
    if (isConfirmed) continue;
    if (word === 'help' || word === 'other' || word === 'confirm') await callBack(ports, entry.journeyId);
    else if (entry.whose === 'patient')
      await postCommand(ports, {
        journeyId: entry.journeyId,
        commandId: `text-${id}`,
        command: word === 'stop' ? 'stop-messages' : 'start-messages',
        by: { role: 'patient', id: 'patient' },
        reason: null,
        data: word === 'stop' && isConfirmedByCarrier(text) ? { confirmedByCarrier: true } : {},
      });
  }
  return { known: whose.length, word };
};
