import type { Journey } from '../../domain/journey/journey.ts';
import { reaches, seesPart, type Viewer } from '../../domain/law/reach.ts';
import { localDate } from '../../domain/time/local.ts';
import type { ApiDeps } from './deps.ts';
import { Forbidden, NotThere } from './errors.ts';
import type { Asking } from './route.ts';

/** A journey as somebody looks at it: which parts of its record they see. */
export type Look = { readonly journey: Journey; readonly version: string; readonly sees: (part: string) => boolean };

/** Opens journeys for whoever asks, and writes down every look at a clinical part. */
export const looking = ({ reading, library, now }: Pick<ApiDeps, 'reading' | 'library' | 'now'>) => {
  /** A practice sees whom it was offered as long as the offer stands. */
  const isOffered = async ({ practice }: Viewer, journeyId: string): Promise<boolean> =>
    practice !== null &&
    ((await reading.handoff(journeyId))?.value.offers.some(
      ({ partner, state }) => partner === practice && state === 'offered',
    ) ??
      false);

  /** Whose bookings decide whether a therapist treats the patient. */
  const bookedWith = async ({ roles }: Viewer, { id }: Journey): Promise<readonly string[]> =>
    roles.includes('therapist') ? (await reading.appointmentsOf(id)).flatMap(({ value }) => value.practitioners) : [];

  /** The journey, or undefined where it is not there for them. */
  const seen = async (viewer: Viewer, journeyId: string): Promise<Look | undefined> => {
    const kept = await reading.journey(journeyId);
    if (kept === undefined) return undefined;
    const offered = !reaches(viewer, kept.value) && (await isOffered(viewer, journeyId));
    const journey = offered ? { ...kept.value, partner: viewer.practice } : kept.value;
    if (!reaches(viewer, journey)) return undefined;
    const clinic = library.clinic();
    const looked = {
      journey,
      booked: await bookedWith(viewer, journey),
      rules: library.care().confidentiality,
      policy: clinic.policy,
      on: localDate(now(), clinic.zone),
    };
    return { journey: kept.value, version: kept.version, sees: (part) => seesPart(viewer, part, looked) };
  };

  return {
    seen,
    /** The journey; rejects with NotThere where it is not there for them. */
    async at({ viewer }: Asking, journeyId: string): Promise<Look> {
      const look = await seen(viewer, journeyId);
      if (look === undefined) throw new NotThere();
      return look;
    },
    /** Writes down that they see these parts of the record; rejects with Forbidden where they do not. */
    async note({ viewer, operation }: Asking, { journey, sees }: Look, parts: readonly string[]): Promise<void> {
      if (!parts.every(sees)) throw new Forbidden('this part of the record is not for you');
      const { id, roles } = viewer;
      await reading.noteRead(journey.id, { by: { id, roles }, operation, parts });
    },
  };
};

export type Looking = ReturnType<typeof looking>;
