import { createHash } from 'node:crypto';
import type { Contact } from '../../domain/journey/journey.ts';
import { numbers, stoppedNumbers } from '../journey-rows.ts';
import type { Transaction } from '../transaction.ts';

/** A telephone number (E.164) as the table names it. */
export const numberHash = (number: string): string => createHash('sha256').update(number).digest('hex');

type Numbers = Pick<Contact, 'mobile' | 'chaperone'>;
type Entry = { readonly hash: string; readonly whose: 'patient' | 'chaperone' };

const entriesOf = ({ mobile, chaperone }: Numbers): Entry[] => [
  ...(mobile === null ? [] : [{ hash: numberHash(mobile), whose: 'patient' as const }]),
  ...(chaperone === null ? [] : [{ hash: numberHash(chaperone.mobile), whose: 'chaperone' as const }]),
];

/** Keeps the entries of a journey's numbers as they are now, so that a text from one of them finds it. */
export const enterNumbers = async (
  transaction: Transaction,
  journeyId: string,
  now: Numbers,
  before: Numbers = { mobile: null, chaperone: null },
): Promise<void> => {
  const [entered, known] = [entriesOf(now), entriesOf(before)];
  const isIn = (all: readonly Entry[], { hash, whose }: Entry): boolean =>
    all.some((each) => each.hash === hash && each.whose === whose);
  for (const entry of known)
    if (!isIn(entered, entry) && (await transaction.get(numbers, { ...entry, journeyId })) !== undefined)
      transaction.remove(numbers, { ...entry, journeyId });
  for (const entry of entered) if (!isIn(known, entry)) transaction.put(numbers, { ...entry, journeyId });
};

/** Whether the owner of a number said STOP. */
export const isStopped = async (transaction: Transaction, number: string): Promise<boolean> =>
  (await transaction.get(stoppedNumbers, numberHash(number))) !== undefined;

/** Notes a STOP or a START for a number. */
export const stopNumber = async (transaction: Transaction, number: string, stopped: boolean): Promise<void> => {
  const hash = numberHash(number);
  const known = await transaction.get(stoppedNumbers, hash);
  if (stopped && known === undefined) transaction.put(stoppedNumbers, { hash, at: transaction.now });
  if (!stopped && known !== undefined) transaction.remove(stoppedNumbers, hash);
};
