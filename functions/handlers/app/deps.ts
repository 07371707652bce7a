import type { Context } from 'hono';
import type { Viewer } from '../../domain/law/reach.ts';
import type { ClinicTimetable } from '../../stores/clinic-timetable.ts';
import type { Library } from '../../stores/journey/desk.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import type { Limits } from '../../stores/limits.ts';
import type { ReadingStore } from '../../stores/reading-store.ts';
import type { Cursors } from './cursors.ts';

/** Who a token belongs to; rejects with TokenRefused for one that is not in force here. */
export type Tokens = { verify(token: string): Promise<Viewer> };

/** All that the API stands on. What is done goes through the acts of the journeys, what is looked at through the reading store. */
export type ApiDeps = {
  readonly journeys: Pick<
    JourneyStore,
    | 'requestConsult'
    | 'postCommand'
    | 'decideTask'
    | 'takeTask'
    | 'proposeTimes'
    | 'proposeBooking'
    | 'sendAgain'
    | 'seeLink'
    | 'proveLink'
    | 'answerByLink'
    | 'answerAppointmentByLink'
    | 'answerPickUpByLink'
  >;
  readonly reading: ReadingStore;
  readonly library: Library;
  readonly timetable: ClinicTimetable;
  readonly now: () => string;
  readonly tokens: Tokens;
  readonly cursors: Cursors;
  /** How often what needs no token may be asked for. */
  readonly limits: Limits;
  /** The network address that a request came from. */
  readonly clientOf: (context: Context) => string;
  /** 128 random bits in base64url, for the forms of links. */
  readonly newId: () => string;
};
