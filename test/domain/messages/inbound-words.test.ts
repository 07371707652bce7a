import { expect, test } from 'vitest';
import { inboundWord, isConfirmedByCarrier } from '../../../functions/domain/messages/inbound-words.ts';

test.each([
  ...['STOP', 'stop', ' Stop. ', 'QUIT', 'END', 'REVOKE', 'OPT OUT', 'opt-out', 'CANCEL', 'UNSUBSCRIBE'].map((text) => [
    text,
    'stop',
  ]),
  ...['ALTO', '¡Alto!', 'pare', 'Cancelar', 'BAJA', 'STOP 🛑'].map((text) => [text, 'stop']),
  ...['START', 'unstop', 'Iniciar'].map((text) => [text, 'start']),
  ...['HELP', 'help?', 'Ayuda', 'INFO'].map((text) => [text, 'help']),
  ...['C', 'c.', '¡Confirmo!', 'confirm'].map((text) => [text, 'confirm']),
  ...['', '   ', '🛑', 'I will stop by at three', 'do not stop', 'yes', 'stop'.repeat(3)].map((text) => [
    text,
    undefined,
  ]),
])('a text that says %j asks for %s', (text, word) => {
  expect(inboundWord(text ?? '')).toBe(word);
});

test('a STOP by another word than the carrier knows is confirmed by the clinic', () => {
  expect(['STOP', 'opt out', 'ALTO', 'revoke'].map(isConfirmedByCarrier)).toEqual([true, true, false, false]);
});
