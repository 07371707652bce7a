import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { PUBLIC_LIMITS } from '../../../contracts/api/limits.ts';
import { isPlainText } from '../../../contracts/api/values.ts';
import { localDate } from '../../../domain/clinic/time.ts';
import type { Task } from '../../../domain/journey/task.ts';
import { LINK_ID } from '../../../domain/links/address.ts';
import { measureAsked } from '../../../domain/measures/asked.ts';
import { renderMessage } from '../../../domain/messages/render.ts';
import { formatMoment } from '../../../domain/messages/values.ts';
import type { Language } from '../../../domain/names.ts';
import type { LinkOpened, LinkSeen } from '../../../stores/journey/link-standing.ts';
import type { ApiDeps } from '../deps.ts';
import { LINK_HEADERS, linkFrame } from './frame.ts';
import { isNonceOf, issueNonce } from './nonce.ts';
import {
  type Around,
  itemField,
  openedPage,
  type Page,
  provePage,
  toldPage,
  unknownPage,
  WORDS,
  waitPage,
} from './pages.ts';

type Deps = Pick<ApiDeps, 'journeys' | 'library' | 'limits' | 'clientOf' | 'newId'>;

const nonce = z.string().max(60);
const Form = z.discriminatedUnion('step', [
  z.object({ step: z.literal('prove'), nonce, bornOn: localDate }),
  z.object({
    step: z.literal('answer'),
    nonce,
    number: z
      .string()
      .regex(/^[1-9]\d{0,5}$/)
      .transform(Number),
    answer: z.string().max(60),
    reason: z
      .string()
      .max(2_000)
      .refine(isPlainText)
      .transform((text) => text.trim() || null)
      .default(null),
  }),
]);

const NEXT_STATUS = {
  unknown: 404,
  answered: 200,
  superseded: 410,
  expired: 410,
  locked: 403,
  unprovable: 200,
} as const;

/** The pages that links in messages open: GET and HEAD write nothing, and a POST answers what somebody chose, once. */
export const linkRoutes = ({ journeys, library, limits, clientOf, newId }: Deps): Hono => {
  const app = new Hono();

  const around = (language: Language): Around => {
    const { name, phone, zone } = library.clinic();
    const values = { clinicName: name, clinicPhone: phone, zone };
    const catalogue = library.catalogue(language);
    const help = renderMessage({ catalogue, kind: 'crisis-information', channel: 'sms', language, values }).text;
    const measure = (task: Task) => {
      const id = task.kind === 'answer-measure' ? measureAsked(task.ask.about ?? '') : undefined;
      return id === undefined ? undefined : library.measure(id);
    };
    return { language, phone, help, measure, moment: (instant, own) => formatMoment(instant, language, own ?? zone) };
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
    if (standing === 'open') {
      const opened = seen.task === undefined ? [] : [seen.task];
      const shown: LinkOpened = { ...seen, forms: opened, about: undefined, answered: null, refusal: warned };
      return send(context, language, openedPage(shown, issueNonce(id, newId()), page), 200);
    }
    return send(context, language, toldPage(standing, page), NEXT_STATUS[standing]);
  };

  const idOf = (context: Context): string | undefined => {
    const id = context.req.param('id') ?? '';
    return LINK_ID.test(id) ? id : undefined;
  };

  /** Answers to the questions of a form, by item; what was left out is not answered. */
  const itemsOf = (fields: Readonly<Record<string, unknown>>): Record<string, number> =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        name.startsWith(itemField('')) && typeof value === 'string' && /^\d{1,3}$/.test(value)
          ? [[name.slice(itemField('').length), Number(value)]]
          : [],
      ),
    );

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
    const isForm = context.req.header('Content-Type')?.startsWith('application/x-www-form-urlencoded') === true;
    const fields = isForm ? await context.req.parseBody() : {};
    const form = Form.safeParse(fields);
    // What no form of ours sends does nothing: the link is shown as it stands.
    if (!form.success || !isNonceOf(id, form.data.nonce)) {
      const seen = await journeys.seeLink({ id });
      return told(context, seen, id, WORDS[seen.language].refused);
    }
    const asked = form.data;
    if (asked.step === 'prove') {
      const opened = await journeys.proveLink({ id, nonce: asked.nonce, bornOn: asked.bornOn });
      if (opened.standing !== 'open') return told(context, opened, id, WORDS[opened.language].wrongDate);
      return send(context, opened.language, openedPage(opened, asked.nonce, around(opened.language)), 200);
    }
    const answers = itemsOf(fields);
    const next = issueNonce(id, newId());
    const opened = await journeys.answerByLink({
      id,
      nonce: asked.nonce,
      next,
      number: asked.number,
      answer: asked.answer,
      reason: asked.reason,
      data: Object.keys(answers).length > 0 ? { answers } : {},
    });
    if (opened.standing === 'open' || opened.answered !== null) {
      const kept = opened.answered === null ? asked.nonce : next;
      return send(
        context,
        opened.language,
        openedPage(opened, kept, around(opened.language)),
        opened.refusal ? 400 : 200,
      );
    }
    return told(context, opened, id, WORDS[opened.language].again);
  });

  return app;
};
