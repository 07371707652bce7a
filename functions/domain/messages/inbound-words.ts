import { keysOf } from '../names.ts';

/** What somebody who answers a text by one word asks for. */
export type InboundWord = 'stop' | 'start' | 'help' | 'confirm';

/**
 * Words of a text that says nothing else. The English ones for STOP are definitive by rule (reference 6.4, S52); since any
 * reasonable means counts, their usual Spanish counterparts are heeded as well.
 */
const WORDS: Readonly<Record<InboundWord, readonly string[]>> = {
  stop: [
    'STOP',
    'STOPALL',
    'QUIT',
    'END',
    'REVOKE',
    'OPTOUT',
    'CANCEL',
    'UNSUBSCRIBE',
    'REMOVE',
    'ALTO',
    'PARE',
    'PARAR',
    'DETENER',
    'CANCELAR',
    'BAJA',
  ],
  start: ['START', 'UNSTOP', 'SUBSCRIBE', 'INICIAR', 'COMENZAR', 'ALTA'],
  help: ['HELP', 'INFO', 'AYUDA'],
  // The one letter that reminders of clinics ask for (reference 6.3).
  confirm: ['C', 'CONFIRM', 'CONFIRMED', 'CONFIRMAR', 'CONFIRMO'],
};

/** Capitals alone: accents, spaces, signs and quotes around a word, or within `opt-out`, do not make it another. */
const bare = (text: string): string =>
  text
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');

/** The word that a text is; undefined for one that says anything else. */
export const inboundWord = (text: string): InboundWord | undefined => {
  const said = bare(text);
  return keysOf(WORDS).find((word) => WORDS[word].includes(said));
};

/** The words that the carrier itself answers, with the one confirmation, before we hear of them (required keywords of AWS End User Messaging). */
const CARRIER_ANSWERS: ReadonlySet<string> = new Set([
  'STOP',
  'CANCEL',
  'END',
  'OPTOUT',
  'QUIT',
  'REMOVE',
  'UNSUBSCRIBE',
]);

/** Whether a STOP has had its one confirmation from the carrier already. */
export const isConfirmedByCarrier = (text: string): boolean => CARRIER_ANSWERS.has(bare(text));
