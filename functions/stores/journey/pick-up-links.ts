import type { PickUpAnswer } from '../../domain/links/by-link.ts';
import { transact } from '../transaction.ts';
import { carryOut } from './commands.ts';
import { confirmComing } from './confirm-coming.ts';
import type { DeskPorts } from './desk.ts';
import { type LinkOpened, shown } from './link-standing.ts';
import { mayAnswer, useUp } from './link-visits.ts';

type Asked = { readonly id: string; readonly nonce: string; readonly answer: PickUpAnswer };

/**
 * Takes what a chaperone says to the pick-up of a link, once under each nonce. Who cannot come is the patient's chaperone no more: the dose is
 * held and a person helps to find somebody, as where the patient says so.
 */
export const answerPickUpByLink = (ports: DeskPorts, asked: Asked): Promise<LinkOpened> =>
  transact(ports, 'answer-by-link', async (transaction): Promise<LinkOpened> => {
    const answering = await mayAnswer(ports, transaction, asked);
    if ('standing' in answering) return answering;
    const { opened, provedAt } = answering;
    const { desk, link, appointment } = opened;
    if (link.by.role !== 'chaperone' || appointment === undefined) return shown(opened);
    const { nonce, answer } = asked;
    if (answer === 'come') confirmComing(desk, appointment, 'chaperone');
    else
      await carryOut(desk, {
        journeyId: link.journeyId,
        commandId: `link-${nonce}`,
        command: 'change-chaperone',
        by: link.by,
        reason: null,
        data: { chaperone: 'none' },
      });
    const answered = { kind: 'pick-up' as const, answer, at: desk.now, callsForHelp: false };
    useUp(desk, { hash: link.hash, nonce, provedAt, answered });
    return shown(opened, { appointment: undefined, answered });
  });
