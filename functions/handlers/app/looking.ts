import type { Handoff } from '../../domain/journey/handoff.ts';
import type { Journey } from '../../domain/journey/journey.ts';
import { reaches, reachesAll, seesPart, type Viewer } from '../../domain/law/reach.ts';
import { localDate } from '../../domain/time/local.ts';
import type { Kept } from '../../stores/reading-store.ts';
import type { ApiDeps } from './deps.ts';
import { Forbidden, NotThere } from './errors.ts';
import type { Asking } from './route.ts';

/** A journey as somebody looks at it: which parts of its record they see. */
export type Look = { readonly journey: Journey; readonly version: string; readonly sees: (part: string) => boolean };

type Reached = { readonly kept: Kept<Journey>; readonly offered: boolean };

/** Opens journeys for whoever asks, and writes down every look at a clinical part. */
export const looking = ({ reading, library, now }: Pick<ApiDeps, 'reading' | 'library' | 'now'>) => {
  /** A practice sees whom it was offered as long as the offer stands. */
  const isOffered = async ({ practice }: Viewer, journeyId: string, known?: Handoff): Promise<boolean> => {
    if (practice === null) return false;
    const handoff = known ?? (await reading.handoff(journeyId))?.value;
    return handoff?.offers.some(({ partner, state }) => partner === practice && state === 'offered') ?? false;
  };

  /** Whose bookings decide whether a therapist treats the patient. */
  const bookedWith = async ({ roles }: Viewer, { id }: Journey): Promise<readonly string[]> =>
    roles.includes('therapist') ? (await reading.appointmentsOf(id)).flatMap(({ value }) => value.practitioners) : [];

  /** The journey and what it is to them, or undefined where it is not there for them. */
  const reached = async (viewer: Viewer, journeyId: string, known?: Handoff): Promise<Reached | undefined> => {
    const kept = await reading.journey(journeyId);
    if (kept === undefined) return undefined;
    if (reaches(viewer, kept.value)) return { kept, offered: false };
    return (await isOffered(viewer, journeyId, known)) ? { kept, offered: true } : undefined;
  };

  const lookAt = async (viewer: Viewer, { kept, offered }: Reached): Promise<Look> => {
    const journey = offered ? { ...kept.value, partner: viewer.practice } : kept.value;
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

  const reach = async ({ viewer }: Asking, journeyId: string): Promise<Reached> => {
    const found = await reached(viewer, journeyId);
    if (found === undefined) throw new NotThere();
    return found;
  };

  return {
    /** The journey without a look into its record, or undefined where it is not there for them; `known` are its offers, where they are read already. */
    journey: async (viewer: Viewer, journeyId: string, known?: Handoff): Promise<Journey | undefined> =>
      (await reached(viewer, journeyId, known))?.kept.value,
    /** Whether a journey that a list names is there for them; for the clinic's people every one is. */
    isThere: async (viewer: Viewer, journeyId: string): Promise<boolean> =>
      reachesAll(viewer) || (await reached(viewer, journeyId)) !== undefined,
    /** Rejects with NotThere where the journey is not there for them. */
    async reach(asked: Asking, journeyId: string): Promise<void> {
      await reach(asked, journeyId);
    },
    /** The journey, or undefined where it is not there for them. */
    async ifThere({ viewer }: Asking, journeyId: string): Promise<Look | undefined> {
      const found = await reached(viewer, journeyId);
      return found && lookAt(viewer, found);
    },
    /** The journey; rejects with NotThere where it is not there for them. */
    async at(asked: Asking, journeyId: string): Promise<Look> {
      return lookAt(asked.viewer, await reach(asked, journeyId));
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
