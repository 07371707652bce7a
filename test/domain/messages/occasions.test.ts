import { expect, test } from 'vitest';
import { keyFor } from '../../../functions/domain/messages/occasions.ts';

test.each([
  ['chaperone-changed', 'named', 'chaperone', 'chaperone-changed.released'],
  ['chaperone-changed', 'none', 'chaperone', 'chaperone-changed.released'],
  ['chaperone-changed', 'named', 'patient', 'chaperone-changed.named'],
] as const)(
  '%s (%s) to the %s is the text %s: nobody reads what was written for somebody else',
  (kind, variant, reader, key) => {
    expect(keyFor(kind, variant, reader)).toBe(key);
  },
);
