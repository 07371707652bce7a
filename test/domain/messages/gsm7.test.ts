import { describe, expect, it } from 'vitest';
import { gsm7Length, smsSize, toGsm7 } from '../../../functions/domain/messages/gsm7.ts';

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

it.each([
  ['one SMS that is full', 'a'.repeat(160), { places: 160, of: 160, segments: 1 }],
  ['one place more', 'a'.repeat(161), { places: 161, of: 160, segments: 2 }],
  ['two parts that are full', 'a'.repeat(306), { places: 306, of: 160, segments: 2 }],
  ['one place more than two parts', 'a'.repeat(307), { places: 307, of: 160, segments: 3 }],
  [
    'a euro that would be cut in two at the end of a part',
    `${'a'.repeat(152)}€${'a'.repeat(152)}`,
    { places: 306, of: 160, segments: 3 },
  ],
  ['a letter outside the alphabet', `${'a'.repeat(69)}č`, { places: 70, of: 70, segments: 1 }],
  ['an emoji, which counts as two', `${'a'.repeat(69)}😀`, { places: 71, of: 70, segments: 2 }],
  ['nothing', '', { places: 0, of: 160, segments: 1 }],
])('A text is paid as so many SMS: %s', (_, text, size) => {
  expect(smsSize(text)).toEqual(size);
});
