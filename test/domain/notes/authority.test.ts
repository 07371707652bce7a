import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../../functions/domain/names.ts';
import { noteRefusal, othersReadBy, releaseRefusal, seesRelease } from '../../../functions/domain/notes/authority.ts';
import type { NoteRelease } from '../../../functions/domain/notes/note.ts';

const TODAY = '2026-03-10';
const NOW = '2026-03-10T18:00:00.000Z';
const session = (over: Partial<Parameters<typeof noteRefusal>[1]> = {}) => ({
  practitioners: ['therapist-1'],
  state: 'started' as const,
  startsAt: '2026-03-10T17:00:00.000Z',
  ...over,
});
const therapist = { id: 'therapist-1', roles: ['therapist'] as readonly Role[] };
const NOT_THEIRS = 'a note is written by the therapist who holds the session';

describe('a psychotherapy note may be written', () => {
  test.each([
    ['by the therapist of a session that goes on', therapist, session(), undefined],
    ['by the therapist afterwards', therapist, session({ state: 'attended' }), undefined],
    ['at the moment at which the session begins', therapist, session({ startsAt: NOW }), undefined],
    [
      'by a partner’s therapist who holds it',
      { ...therapist, roles: ['therapist', 'partner'] as const },
      session(),
      undefined,
    ],
    [
      'by one of two therapists of a dose',
      therapist,
      session({ practitioners: ['provider-1', 'therapist-1'] }),
      undefined,
    ],
    ['not by another therapist', { ...therapist, id: 'therapist-2' }, session(), NOT_THEIRS],
    [
      'not by a provider who is there',
      { id: 'provider-1', roles: ['provider'] as const },
      session({ practitioners: ['provider-1'] }),
      NOT_THEIRS,
    ],
    [
      'not by a medical director',
      { id: 'medical-director-1', roles: ['medical-director'] as const },
      session(),
      NOT_THEIRS,
    ],
    [
      'not before the session',
      therapist,
      session({ startsAt: '2026-03-10T18:00:00.001Z', state: 'booked' }),
      'the session has not begun',
    ],
    [
      'not of a session that was cancelled',
      therapist,
      session({ state: 'cancelled' }),
      'the session is cancelled: nothing was said in it',
    ],
    [
      'not of a session that the patient missed',
      therapist,
      session({ state: 'no-show' }),
      'the session is no-show: nothing was said in it',
    ],
  ])('%s', (_, who, about, refusal) => {
    expect(noteRefusal(who, about, NOW)).toBe(refusal);
  });
});

const release = (over: Partial<NoteRelease> = {}): NoteRelease => ({
  journeyId: 'j1',
  patientId: 'ann',
  scope: 'psychotherapy-notes',
  author: 'therapist-1',
  to: 'provider-1',
  signedOn: '2026-03-01',
  expiresOn: null,
  revokedOn: null,
  recordedAt: NOW,
  recordedBy: { role: 'therapist', id: 'therapist-1' },
  revokedBy: null,
  ...over,
});

describe('the notes of others', () => {
  test.each([
    ['are read by whom the patient authorized', [release()], ['therapist-1']],
    ['are read on the day of the signature', [release({ signedOn: TODAY })], ['therapist-1']],
    ['are read on the last day', [release({ expiresOn: TODAY })], ['therapist-1']],
    ['are not read after it', [release({ expiresOn: '2026-03-09' })], []],
    ['are not read from the day on which it is taken back', [release({ revokedOn: TODAY })], []],
    ['are not read before the signature', [release({ signedOn: '2026-03-11' })], []],
    ['are not read by somebody else', [release({ to: 'provider-2' })], []],
    [
      'are read by a later authorization when an earlier one is over',
      [release({ revokedOn: '2026-03-02' }), release({ signedOn: '2026-03-05' })],
      ['therapist-1'],
    ],
    [
      'are read author by author',
      [release({ author: 'therapist-2' }), release(), release({ author: 'therapist-3', to: 'nurse-1' })],
      ['therapist-1', 'therapist-2'],
    ],
    ['are not there without one', [], []],
  ])('%s', (_, releases, authors) => {
    expect(othersReadBy('provider-1', releases, TODAY)).toEqual(authors);
  });

  test('are read by nobody whom no release names, whatever was signed', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
    const person = fc.constantFrom('therapist-1', 'therapist-2', 'provider-1');
    const any = fc
      .record({ author: person, to: person, signedOn: day, expiresOn: fc.option(day), revokedOn: fc.option(day) })
      .map(release);
    fc.assert(
      fc.property(fc.array(any), person, day, (releases, reader, on) => {
        for (const author of othersReadBy(reader, releases, on))
          expect(
            releases.some(
              (each) =>
                each.author === author &&
                each.to === reader &&
                each.signedOn <= on &&
                (each.expiresOn ?? on) >= on &&
                (each.revokedOn === null || each.revokedOn > on),
            ),
          ).toBe(true);
      }),
    );
  });
});

describe('an authorization', () => {
  const signed = { author: 'therapist-1', to: 'provider-1', signedOn: TODAY, expiresOn: null };
  test.each([
    ['is recorded by its author’s hand', 'therapist-1', signed, undefined],
    ['is recorded until a day', 'medical-director-1', { ...signed, expiresOn: TODAY }, undefined],
    ['is recorded by nobody for themselves', 'provider-1', signed, 'nobody records an authorization for themselves'],
    [
      'is not needed by the author',
      'medical-director-1',
      { ...signed, to: 'therapist-1' },
      'authors read their own notes without one',
    ],
    [
      'is not signed tomorrow',
      'therapist-1',
      { ...signed, signedOn: '2026-03-11' },
      'it is signed on 2026-03-11, which is still to come',
    ],
    [
      'does not end before it begins',
      'therapist-1',
      { ...signed, expiresOn: '2026-03-09' },
      'it ends before it was signed',
    ],
  ])('%s', (_, by, given, refusal) => {
    expect(releaseRefusal(by, given, TODAY)).toBe(refusal);
  });

  test.each([
    ['its author', 'therapist-1', 'therapist', true],
    ['whom it names', 'provider-1', 'provider', true],
    ['who recorded it', 'therapist-3', 'therapist', true],
    ['the medical director', 'medical-director-1', 'medical-director', true],
    ['another therapist', 'therapist-2', 'therapist', false],
    ['a nurse', 'nurse-1', 'nurse', false],
  ] as const)('is shown to %s: %s', (_, id, role, seen) => {
    const kept = release({ recordedBy: { role: 'therapist', id: 'therapist-3' } });
    expect(seesRelease({ id, roles: [role] }, kept)).toBe(seen);
  });
});
