import { type Context, Hono } from 'hono';
import type * as z from 'zod';
import { PUBLIC_LIMITS } from '../../../contracts/api/limits.ts';
import { errorsOf } from '../../../contracts/api/problem.ts';
import { linkData } from '../../../contracts/api/task-data.ts';
import type { Task } from '../../../domain/journey/task.ts';
import { LINK_ID } from '../../../domain/links/address.ts';
import { timesToChoose } from '../../../domain/links/times-to-choose.ts';
import { wordedIn } from '../../../domain/measures/wording.ts';
import { renderMessage } from '../../../domain/messages/render.ts';
import { formatMoment, placeValue } from '../../../domain/messages/values.ts';
import type { Language } from '../../../domain/names.ts';
import { type LinkOpened, type LinkSeen, nothingOpen } from '../../../stores/journey/link-standing.ts';
import { measureOf } from '../../../stores/journey/mint-link.ts';
import type { ApiDeps } from '../deps.ts';
import { EMPTY, type Filled } from '../forms/fields.ts';
import { postedRecord } from '../forms/posted-record.ts';
import type { Texts } from '../forms/record-names.ts';
import { pickUpPage, visitPage } from './appointment-pages.ts';
import { inTheirWords } from './field-words.ts';
import { formOf, RECORD } from './form.ts';
import { LINK_HEADERS, linkFrame } from './frame.ts';
import { issueNonce } from './nonce.ts';
import { type Around, openedPage, type Page, provePage, toldPage, unknownPage, WORDS, waitPage } from './pages.ts';

type Deps = Pick<ApiDeps, 'journeys' | 'library' | 'limits' | 'clientOf' | 'newId'>;

/** Of so many times that are free for a visit a few are shown. */
const LOOKED_AT = 60;

const STATUS = {
  unknown: 404,
  answered: 200,
  superseded: 410,
  expired: 410,
  locked: 403,
  unprovable: 200,
} as const;

/** What was filled into a form that was refused, with what was wrong beside each field. */
const filledAgain = ({ refusal, language }: LinkOpened, values: Texts): Filled =>
  refusal === undefined
    ? EMPTY
    : { values, problems: inTheirWords(errorsOf(refusal.split('\n')) ?? [], WORDS[language]) };

/** Whether there is more to show than before anybody has proved anything: what was answered, or what the patient, or a practice, can answer. */
const isOpened = ({ standing, pickUp, about, answered }: LinkOpened): boolean =>
  answered !== null || (standing === 'open' && pickUp === undefined && about !== undefined);

/** The pages that links in messages open: GET and HEAD write nothing, and a POST answers what somebody chose, once. */
export const linkRoutes = ({ journeys, library, limits, clientOf, newId }: Deps): Hono => {
  const app = new Hono();

  /** What the form of a task asks for beside its answer. */
  const recordIn =
    (language: Language) =>
    (task: Task): z.ZodObject => {
      const measure = measureOf(task, library);
      return linkData(task.kind, measure && wordedIn(measure, language));
    };

  const around = (language: Language): Around => {
    const { name, phone, zone } = library.clinic();
    const values = { clinicName: name, clinicPhone: phone, zone };
    const catalogue = library.catalogue(language);
    const help = renderMessage({ catalogue, kind: 'crisis-information', channel: 'sms', language, values }).text;
    const shown = String(placeValue('clinicPhone', values, language));
    return {
      language,
      phone: { dial: phone, shown },
      help,
      record: recordIn(language),
      pickUpAt: (pickUpAt, own) =>
        String(placeValue('pickUpAt', { ...values, zone: own, clinicZone: zone, pickUpAt }, language)),
      moment: (instant, own) => formatMoment(instant, language, own ?? zone),
    };
  };

  const send = (
    context: Context,
    language: Language,
    { title, body }: Page,
    status: 200 | 400 | 403 | 404 | 410 | 429,
  ) => {
    for (const [header, value] of Object.entries(LINK_HEADERS)) context.header(header, value);
    return context.html(linkFrame({ title, clinic: library.clinic().name, language }, body), status);
  };

  const told = (context: Context, seen: LinkSeen, id: string, warned?: string) => {
    const { standing, language } = seen;
    if (standing === 'unknown') return send(context, language, unknownPage(), 404);
    const page = around(language);
    if (standing === 'to-prove')
      return send(
        context,
        language,
        provePage(issueNonce(id, newId()), page, warned),
        warned === undefined ? 200 : 403,
      );
    if (standing === 'open' && seen.pickUp !== undefined)
      return send(context, language, pickUpPage(seen.pickUp, issueNonce(id, newId()), page, warned), 200);
    if (standing === 'open') {
      const opened = seen.task === undefined ? [] : [seen.task];
      const shown: LinkOpened = { ...nothingOpen(seen), forms: opened, refusal: warned };
      return send(context, language, openedPage(shown, issueNonce(id, newId()), page), 200);
    }
    return send(context, language, toldPage(standing, page), STATUS[standing]);
  };

  const idOf = (context: Context): string | undefined => {
    const id = context.req.param('id') ?? '';
    return LINK_ID.test(id) ? id : undefined;
  };

  /** What was answered, and what can be answered next. */
  const show = async (context: Context, opened: LinkOpened, nonce: string, texts: Texts = {}) => {
    const { language, appointment, refusal } = opened;
    const page = around(language);
    const status = refusal === undefined ? 200 : 400;
    if (appointment === undefined || opened.answered !== null)
      return send(context, language, openedPage(opened, nonce, page, filledAgain(opened, texts)), status);
    const { journeyId, id: appointmentId } = appointment;
    const { proposals } = await journeys.proposeTimes({ journeyId, appointmentId, limit: LOOKED_AT });
    const free = proposals.map(({ startsAt }) => startsAt).filter((time) => time !== appointment.startsAt);
    return send(context, language, visitPage(opened, nonce, timesToChoose(free), page), status);
  };

  /** After how many seconds somebody may come again who came too often, or whose link did. */
  const tooOften = async (context: Context, id: string): Promise<number | undefined> =>
    (await limits.take({ what: 'link-visitor', who: clientOf(context), ...PUBLIC_LIMITS['link-visitor'] })) ??
    (await limits.take({ what: 'link', who: id, ...PUBLIC_LIMITS.link }));

  app.get('/l/:id', async (context) => {
    const id = idOf(context);
    if (id === undefined) return send(context, 'en', unknownPage(), 404);
    return told(context, await journeys.seeLink({ id }), id);
  });

  app.post('/l/:id', async (context) => {
    const id = idOf(context);
    if (id === undefined) return send(context, 'en', unknownPage(), 404);
    const retryAfter = await tooOften(context, id);
    if (retryAfter !== undefined) {
      const { language } = await journeys.seeLink({ id });
      context.header('Retry-After', String(retryAfter));
      return send(context, language, waitPage(around(language)), 429);
    }
    const form = await formOf(context.req, id);
    // What no form of ours sends does nothing: the link is shown as it stands.
    if (form === undefined) {
      const seen = await journeys.seeLink({ id });
      return told(context, seen, id, WORDS[seen.language].refused);
    }
    const { texts, asked } = form;
    const { nonce } = asked;
    if (asked.step === 'prove') {
      const opened = await journeys.proveLink({ id, nonce, bornOn: asked.bornOn });
      if (isOpened(opened)) return show(context, opened, nonce);
      return told(context, opened, id, WORDS[opened.language].wrongDate);
    }
    const next = issueNonce(id, newId());
    const opened =
      asked.step === 'visit'
        ? await journeys.answerAppointmentByLink({ id, nonce, answer: asked.answer })
        : asked.step === 'pick-up'
          ? await journeys.answerPickUpByLink({ id, nonce, answer: asked.answer })
          : await journeys.answerByLink({
              id,
              nonce,
              next,
              number: asked.number,
              answer: asked.answer,
              reason: asked.reason,
              read: (task) => postedRecord(recordIn('en')(task), texts, RECORD, library.clinic().zone),
            });
    if (isOpened(opened)) return show(context, opened, opened.answered === null ? nonce : next, texts);
    const words = WORDS[opened.language];
    return told(context, opened, id, opened.standing === 'to-prove' ? words.again : words.refused);
  });

  return app;
};
