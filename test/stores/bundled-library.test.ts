import { describe, expect, it } from 'vitest';
import { bundledData, libraryOf } from '../../functions/stores/bundled-library.ts';

describe('The library that is deployed', () => {
  const library = libraryOf(bundledData());

  it('has each program under its own id, in the version of its file', () => {
    const listed = library.programs();
    expect(listed.map(({ id }) => id)).toContain('northwest-iv');
    expect(listed.map((pin) => library.program(pin)).map(({ id, version }) => ({ id, version }))).toEqual(listed);
  });

  it('has no version of a program that it was not given', () => {
    expect(() => library.program({ id: 'northwest-iv', version: 1_000 })).toThrow('is not in the library');
    expect(() => library.program({ id: 'unheard-of', version: 1 })).toThrow('is not in the library');
  });

  it('reads each part once, so that the same journey meets the same program', () => {
    const [first] = library.programs();
    if (first === undefined) throw new Error('it has none');
    expect(library.program(first)).toBe(library.program(first));
    expect(library.care().billing).toBe(library.care().billing);
  });
});
