import { describe, expect, it } from 'vitest';
import { gsm7Length, toGsm7 } from '../../../functions/domain/messages/gsm7.ts';

describe('the places that a text takes in an SMS', () => {
  it.each([
    ['', 0],
    ['Hello', 5],
    ['mañana, Señor Müller: ¿a qué hora?', 34],
    ['5 € [x]', 10],
    ['\n', 1],
    ['está', Number.POSITIVE_INFINITY],
    ['see you 👋', Number.POSITIVE_INFINITY],
  ])('%j takes %d', (text, places) => {
    expect(gsm7Length(text)).toBe(places);
  });
});

describe('a text written in the SMS alphabet', () => {
  it.each([
    ['nothing to do', 'nothing to do'],
    ['mañana ¿está aquí José?', 'mañana ¿esta aqui José?'],
    ['“so” – it’s…', '"so" - it\'s...'],
    ['2:00\u202fPM\u00a0sharp', '2:00 PM sharp'],
    ['Łódź', 'Lodz'],
    ['e\u0301', 'é'],
    ['👋 李', '? ?'],
  ])('%j becomes %j', (text, plain) => {
    expect(toGsm7(text)).toBe(plain);
    expect(gsm7Length(toGsm7(text))).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});
