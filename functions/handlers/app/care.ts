import { careOperations } from '../../contracts/api/care.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { Message } from '../../domain/journey/message.ts';
import type { ApiDeps } from './deps.ts';
import { Forbidden } from './errors.ts';
import { listing } from './listing.ts';
import { looking } from './looking.ts';
import { pageOf } from './paging.ts';
import { type Route, route } from './route.ts';

const withoutJourney = <T extends { readonly journeyId: string }>({ journeyId: _, ...rest }: T): Omit<T, 'journeyId'> =>
  rest;

const messageOf = ({ id, kind, class: of, to, person, channel, occurrence, revision, attempt, ...rest }: Message) => {
  const { state, reason, appointmentId, sendAt, sentAt, text } = rest;
  const addressed = { id, kind, class: of, to, person, channel, occurrence, revision, attempt };
  return { ...addressed, state, reason, appointmentId, sendAt, sentAt, text };
};

/** What was done for a patient, and what they were told. */
export const careRoutes = (deps: ApiDeps) => {
  const { reading } = deps;
  const look = looking(deps);
  const list = listing(deps);

  /** The readings of a session are for fewer than its times. */
  const cycleFor = (cycle: Cycle, sees: (part: string) => boolean) => ({
    ...withoutJourney(cycle),
    check: sees('medication-and-monitoring') ? cycle.check : null,
    integration: sees('integration-record') ? cycle.integration : null,
  });

  return {
    'list-cycles': route(careOperations['list-cycles'], async (asked) => {
      const seen = await look.at(asked, asked.params.journeyId);
      const parts = ['medication-and-monitoring', 'integration-record'].filter(seen.sees);
      await look.note(asked, seen, ['session-times', ...parts]);
      const cycles = await reading.cyclesOf(asked.params.journeyId);
      return { answer: { items: cycles.map(({ value }) => cycleFor(value, seen.sees)) } };
    }),
    'list-measures': route(careOperations['list-measures'], async (asked) => {
      const seen = await look.at(asked, asked.params.journeyId);
      await look.note(asked, seen, ['results']);
      const measures = await reading.measuresOf(asked.params.journeyId);
      return {
        answer: {
          items: measures.filter(({ value }) => seen.sees(value.measure)).map(({ value }) => withoutJourney(value)),
        },
      };
    }),
    'list-safety-events': route(careOperations['list-safety-events'], async (asked) => {
      const seen = await look.at(asked, asked.params.journeyId);
      await look.note(asked, seen, ['adverse-event-notes']);
      const events = await reading.safetyEventsOf(asked.params.journeyId);
      return { answer: { items: events.map(({ value }) => withoutJourney(value)) } };
    }),
    'list-messages': route(careOperations['list-messages'], async (asked) => {
      const { journeyId } = asked.params;
      const seen = await look.at(asked, journeyId);
      if (!seen.sees('messages')) throw new Forbidden('this part of the record is not for you');
      const isTheirs = ({ to }: Message): boolean => !asked.viewer.roles.includes('patient') || to === 'patient';
      const answer = await list(asked, asked.query, { journeyId }, (from) =>
        pageOf(
          1,
          from,
          (_, place) => reading.messagesOf(journeyId, place),
          async ({ value }) => (isTheirs(value) ? messageOf(value) : undefined),
        ),
      );
      return { answer };
    }),
  } satisfies Record<keyof typeof careOperations, Route>;
};
