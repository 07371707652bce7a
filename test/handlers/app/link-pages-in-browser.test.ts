import { serve as listen } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keysOf, LANGUAGES } from '../../../functions/domain/names.ts';
import { linkFrame } from '../../../functions/handlers/app/links/frame.ts';
import { type Around, toldPage, unknownPage, WORDS, waitPage } from '../../../functions/handlers/app/links/pages.ts';
import { chromiumPath, launch, looks } from '../../support/in-chromium.ts';
import { ADDRESS, linkReader } from '../../support/link-reader.ts';
import { type ServedClinic, servedClinic } from '../../support/served-clinic.ts';

const executablePath = chromiumPath('the pages of links in a browser');
const BORN = '1988-05-04';

describe.skipIf(executablePath === undefined)('In a browser', () => {
  const errors: string[] = [];
  let served: ServedClinic;
  let url: string;
  let stop: () => void;
  let browser: Browser;
  let page: Page;

  beforeEach(async () => {
    served = await servedClinic({ address: ADDRESS });
  });
  afterEach(() => served.close());

  beforeAll(async () => {
    url = await new Promise((resolve) => {
      const listening = listen(
        { fetch: (request) => served.app.fetch(request), hostname: '127.0.0.1', port: 0 },
        ({ port }) => resolve(`http://127.0.0.1:${port}`),
      );
      stop = () => listening.close();
    });
    browser = await launch(executablePath);
    // axe is run in the page, which lets nothing in by itself.
    page = await (await browser.newContext({ bypassCSP: true })).newPage();
    page.on('pageerror', (error) => errors.push(error.message));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    stop?.();
  });

  /** Opens the link of the newest message of a journey that says this; gives its address. */
  const opens = async (journeyId: string, words: string, name: string): Promise<string> => {
    const [id] = linkReader(served).sent((message) => message.journeyId === journeyId && message.text.includes(words));
    if (id === undefined) throw new Error(`no message says ${words}`);
    await page.goto(`${url}/l/${id}`);
    await looks(page, `link-${name}`);
    return page.url();
  };
  const proves = async (bornOn = BORN): Promise<void> => {
    await page.getByLabel(/^(Your date of birth|Su fecha de nacimiento)/).fill(bornOn);
    await page.getByRole('button', { name: /^Contin/ }).click();
  };
  const sends = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await served.settle();
  };
  /** A page is drawn by its own style under its own rules, and no script gets in. */
  const isStrict = async (link: string): Promise<void> => {
    const strict = await (await browser.newContext()).newPage();
    const said: string[] = [];
    strict.on('console', (message) => said.push(message.text()));
    await strict.goto(link);
    expect(await strict.evaluate('getComputedStyle(document.body).overflowWrap')).toBe('anywhere');
    expect(said).toEqual([]);
    await strict.evaluate(`document.head.append(
      Object.assign(document.createElement('script'), { textContent: 'document.title = "mine"' }))`);
    expect(await strict.title()).not.toBe('mine');
    await strict.close();
  };
  const main = (): Promise<string> => page.locator('main').innerText();

  test('a patient answers the screening: a wrong date first, a wrong number, then an emergency, for which help stands there at once', async () => {
    const journeyId = await served.patient({
      days: 2,
      scenario: { people: [{ task: 'answer-screening', never: true }] },
      facts: {},
    });
    const link = await opens(journeyId, 'some questions before your next step', 'prove');
    await proves('1988-05-05');
    await looks(page, 'link-wrong-date');
    expect(await main()).toContain('This is not the date');
    await proves();
    await looks(page, 'link-screening');
    await page.getByLabel('Age, years').fill('380');
    await page.getByLabel('Glaucoma').selectOption('treated_stable');
    await page.getByLabel('Chest pain').check();
    await page.getByLabel('These are my answers').check();
    // The browser itself would say that the number is too high.
    await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
    await sends();
    await looks(page, 'link-screening-refused');
    expect(await page.getByLabel('Age, years').inputValue()).toBe('380');
    expect(await page.getByLabel('Chest pain').isChecked()).toBe(true);
    await page.getByLabel('Age, years').fill('38');
    await page.getByLabel('These are my answers').check();
    await sends();
    await looks(page, 'link-screening-recorded');
    expect(await page.getByRole('alert').innerText()).toContain('911');
    expect(await main()).toContain('A clinician will call you');
    await page.goto(link);
    await looks(page, 'link-answered');
    expect(await main()).toContain('There is nothing more for you to do here');
  }, 60_000);

  test('a patient who reads Spanish answers the screening and a questionnaire in it', async () => {
    const journeyId = await served.patient({
      days: 2,
      scenario: { patient: { language: 'es' }, people: [{ task: 'answer-screening', never: true }] },
      facts: {},
    });
    await opens(journeyId, 'preguntas para usted', 'prove-es');
    await proves();
    await looks(page, 'link-screening-es');
    await page.getByLabel('Edad, en años').fill('380');
    await page.getByLabel('Glaucoma').selectOption({ label: 'Con tratamiento y estable' });
    await page.getByLabel('Nada de esto').check();
    await page.getByLabel('Estas son mis respuestas').check();
    await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
    await page.getByRole('button', { name: 'Enviar mi respuesta' }).click();
    await looks(page, 'link-screening-refused-es');
    expect(await main()).toContain('Escriba 130 como máximo, por favor.');

    const other = await served.patient({
      id: 'patient-2',
      days: 3,
      scenario: {
        program: 'three-phase',
        patient: { language: 'es' },
        people: [{ task: 'answer-measure', never: true }],
      },
    });
    await opens(other, 'formulario breve', 'prove-measure-es');
    await proves();
    await looks(page, 'link-answer-measure-es');
    expect(await main()).toContain('Se ha sentido decaído(a), deprimido(a) o sin esperanzas');
    expect(errors).toEqual([]);
  }, 60_000);

  test('a chaperone says that they cannot come on a page that lets no script in, and the link is then no longer needed', async () => {
    const journeyId = await served.patient({ days: 6.34 });
    const link = await opens(journeyId, 'pick-up is', 'pick-up');
    await isStrict(link);
    await page.getByLabel('I cannot come').check();
    await sends();
    await looks(page, 'link-pick-up-recorded');
    expect(await main()).toContain('We look for somebody else');
    await page.goto(link);
    await looks(page, 'link-superseded');
    expect(await main()).toContain('no longer needed');
    expect(errors).toEqual([]);
  }, 60_000);

  test('a patient confirms a visit', async () => {
    await opens(await served.patient({ days: 0.5 }), 'is booked for', 'prove-visit');
    await proves();
    await looks(page, 'link-visit');
    await page.getByLabel('I will be there').check();
    await sends();
    await looks(page, 'link-visit-recorded');
    expect(await main()).toContain('You answered: I will be there');
  }, 60_000);

  test.each([
    [
      'a patient is asked a questionnaire',
      'answer-measure',
      3.5,
      'how are you',
      'Feeling down, depressed, or hopeless',
    ],
    [
      'a patient reads who pays for what',
      'acknowledge-cost',
      3,
      'Open https',
      'Visits with medicine: you pay for it yourself',
    ],
  ])(
    '%s',
    async (_what, task, days, words, shown) => {
      const journeyId = await served.patient({ days, scenario: { people: [{ task, never: true }] } });
      await opens(journeyId, words, `prove-${task}`);
      await proves();
      await looks(page, `link-${task}`);
      expect(await main()).toContain(shown);
    },
    60_000,
  );

  test('a practice is offered a patient', async () => {
    const people = [{ task: 'partner-offer', never: true }];
    const journeyId = await served.patient({ days: 2, scenario: { people } });
    await opens(journeyId, 'offer you the care', 'partner');
    expect(await main()).toContain('Will you take on the care?');
  }, 60_000);

  test.each(LANGUAGES)(
    'every page that tells why nothing can be answered is read easily, in %s',
    async (language) => {
      const around: Around = {
        language,
        phone: { dial: '+12065550100', shown: '206-555-0100' },
        moment: (instant) => instant,
        pickUpAt: (instant) => instant,
        help: '',
        record: () => {
          throw new Error('nothing is asked');
        },
      };
      const told = keysOf(WORDS[language].standing).map((standing) => toldPage(standing, around));
      for (const { title, body } of [...told, unknownPage(), waitPage(around)]) {
        await page.setContent(String(await linkFrame({ title, clinic: 'Cedar Street Clinics', language }, body)));
        await looks(page, `link-told-${language}-${title}`);
      }
    },
    60_000,
  );
});
