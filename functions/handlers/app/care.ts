import { careOperations } from '../../contracts/api/care.ts';
import { RIGHTS } from '../../contracts/api/rights.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import type { Message } from '../../domain/journey/message.ts';
import type { Viewer } from '../../domain/law/reach.ts';
import { actingAs } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { Forbidden, KeyUsed, NotThere, Refused } from './errors.ts';
import { listing } from './listing.ts';
import { looking } from './looking.ts';
import { pageOf } from './paging.ts';
import { type Route, route } from './route.ts';

const withoutJourney = <T extends { readonly journeyId: string }>({ journeyId: _, ...rest }: T): Omit<T, 'journeyId'> =>
  rest;

/** A message as somebody of the clinic sees it, or the patient. */
const messageOf = ({ again, ...message }: Message, viewer: Viewer) => ({
  ...addressed(message),
  again:
    again === undefined || viewer.roles.includes('patient')
      ? null
      : { of: again.of, by: again.by.id, reason: again.reason },
});

const addressed = ({
  id,
  kind,
  class: of,
  to,
  person,
  channel,
  occurrence,
  revision,
  attempt,
  ...rest
}: Omit<Message, 'again'>) => {
  const { state, reason, appointmentId, sendAt, sentAt, text } = rest;
  const named = { id, kind, class: of, to, person, channel, occurrence, revision, attempt };
  return { ...named, state, reason, appointmentId, sendAt, sentAt, text };
};

/** What was done for a patient, and what they were told. */
export const careRoutes = (deps: ApiDeps) => {
  const { journeys, reading } = deps;
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
          async ({ value }) => (isTheirs(value) ? messageOf(value, asked.viewer) : undefined),
        ),
      );
      return { answer };
    }),
    'send-message-again': route(careOperations['send-message-again'], async (asked) => {
      const { journeyId, messageId } = asked.params;
      await look.reach(asked, journeyId);
      if ((await reading.message(journeyId, messageId)) === undefined) throw new NotThere();
      const by = actingAs(asked.viewer, RIGHTS['send-message-again'], 'to send a message again');
      const sent = await journeys.sendAgain({ journeyId, messageId, key: asked.key, by, reason: asked.body.reason });
      if (!sent.accepted) throw new Refused(sent.reason);
      if (sent.message.again?.reason !== asked.body.reason)
        throw new KeyUsed('Idempotency-Key: was given with another reason; a new one for each');
      return { answer: messageOf(sent.message, asked.viewer) };
    }),
    'list-handoffs': route(careOperations['list-handoffs'], async (asked) => {
      const { journeyId } = asked.params;
      await look.reach(asked, journeyId);
      const { practice } = asked.viewer;
      const offers = (await reading.handoff(journeyId))?.value.offers ?? [];
      return { answer: { items: offers.filter(({ partner }) => practice === null || partner === practice) } };
    }),
  } satisfies Record<keyof typeof careOperations, Route>;
};
