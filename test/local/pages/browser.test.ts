import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { taskData } from '../../../functions/contracts/api/task-data.ts';
import type { TaskView } from '../../../functions/contracts/api/tasks.ts';
import { TASK_KINDS, TASKS } from '../../../functions/domain/names.ts';
import { bundledData, libraryOf } from '../../../functions/stores/bundled-library.ts';
import { readingStore } from '../../../functions/stores/reading-store.ts';
import { fillDemo, PATIENTS } from '../../../local/clinic/demo.ts';
import { type KeptClinic, keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { pacing } from '../../../local/clinic/pace.ts';
import { layout } from '../../../local/pages/layout.ts';
import { taskPage, taskTitle } from '../../../local/pages/task.ts';
import { serve } from '../../../local/server/serve.ts';
import { chromiumPath, launch, looks } from '../../support/in-chromium.ts';

const executablePath = chromiumPath('the pages in a browser');

const ASKED: TaskView = {
  journeyId: 'j1',
  number: 1,
  kind: 'discharge',
  occurrence: 1,
  role: 'nurse',
  holder: 'nurse',
  assignee: null,
  claimedBy: null,
  state: 'open',
  opensAt: '2026-11-23T18:00:00.000Z',
  dueAt: '2026-11-23T20:00:00.000Z',
  overdue: false,
  decidedAt: null,
  appointmentId: null,
  answers: [],
  clinical: null,
};

// A Monday morning in the clinic: somebody is at work.
const now = Date.UTC(2026, 10, 23, 18);

describe.skipIf(executablePath === undefined)('In a browser a coordinator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));
  const path = join(folder, 'clinic.sqlite');
  const errors: string[] = [];
  let clinic: KeptClinic;
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const few = PATIENTS.filter(({ daysAgo }) => daysAgo < 10 || daysAgo === 60);
    await fillDemo(path, bundledData(), now, few);
    clinic = await keptClinic({ path, library: bundledData(), begin: now });
    const pace = pacing({ clock: clinic.clock, speed: 0, onFailure: (failure) => errors.push(String(failure)) });
    server = await serve({ ...clinic, pace }, { port: 0, virtual: true });
    browser = await launch(executablePath);
    // axe is run in the page, which lets nothing in by itself: that it lets nothing in is read from its headers elsewhere.
    page = await (await browser.newContext({ bypassCSP: true })).newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (said) => {
      if (said.type() === 'error' && !/status of 40[09]/.test(said.text())) errors.push(said.text());
    });
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    clinic?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const goTo = async (to: string): Promise<void> => {
    await page.goto(`${server.url}${to}`);
    await looks(page);
  };
  const main = (): Promise<string> => page.locator('main').innerText();
  const signIn = async (id: string, role: string): Promise<void> => {
    await page.goto(`${server.url}/sign-in`);
    await page.getByLabel('Who').fill(id);
    await page.getByLabel('As').selectOption(role);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };

  test('brings the first patient from a request to a booked consult, and reads what the patient was told', async () => {
    await goTo('/sign-in');
    await page.getByLabel('Who').fill('coordinator-1');
    await page.getByLabel('As').selectOption('coordinator');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await looks(page);
    expect(await main()).toContain('Windows that close within two days');

    await page.getByRole('link', { name: 'New consult' }).click();
    await looks(page);
    await page.getByLabel('First name').fill('Quinn');
    await page.getByLabel('Mobile').fill('12345');
    await page.getByLabel('May be written to by e-mail').check();
    await page.getByLabel('E-mail', { exact: true }).fill('quinn@example.org');
    await page.getByLabel('Is open to reflection').check();
    await page.getByLabel('Will come to an integration').check();
    await page.getByRole('button', { name: 'Ask for the consult' }).click();
    // Refused once: what was filled in is still there, and the words stand beside the field.
    await looks(page);
    expect(await page.locator('#mobile-problem').innerText()).toContain('telephone number');
    expect(await page.getByLabel('First name').inputValue()).toBe('Quinn');
    await page.getByLabel('Mobile').fill('');
    await page.getByRole('button', { name: 'Ask for the consult' }).click();
    await page.getByRole('heading', { name: 'Journey of Quinn' }).waitFor();
    const journey = new URL(page.url()).pathname;
    await looks(page);
    expect(await page.locator('[aria-current=step]').innerText()).toBe('Consult');

    await page
      .getByRole('link', { name: 'Book the consult' })
      .or(page.locator(`a[href^="${journey}/tasks/"]`))
      .first()
      .click();
    await looks(page);
    await page.getByLabel('booked').check();
    // Refused once: a time that is long past.
    await page.getByLabel('When; without it').fill('2020-01-01T10:00');
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByRole('alert').waitFor();
    await looks(page);
    expect(await page.getByLabel('When; without it').inputValue()).toBe('2020-01-01T10:00');
    await page.getByLabel('When; without it').fill('');
    await page.getByRole('button', { name: 'Answer' }).click();
    expect(await main()).toContain('decided: booked');
    await page.goto(`${server.url}${journey}`);
    expect(await main()).toContain('Consult 1:');
    await goTo('/');
    expect(await page.getByRole('link', { name: 'Quinn' }).first().getAttribute('href')).toBe(journey);
    await goTo('/outbox');
    expect(await main()).toContain('quinn@example.org');
    await goTo('/clock');
    await page.getByRole('button', { name: 'Jump to what happens next' }).click();
    await looks(page);
    expect(errors).toEqual([]);
  }, 60_000);

  test('reads and fills in the form of every kind of task', async () => {
    const library = libraryOf(bundledData());
    const reader = { clinic: library.clinic(), zone: library.clinic().zone };
    const [first] = library.programs();
    if (first === undefined) throw new Error('no program');
    const program = library.program(first);
    const who = { id: 'nurse-1', roles: ['nurse'] };
    for (const kind of TASK_KINDS) {
      const context = {
        about: undefined,
        program: { ...program, dosing: { ...program.dosing, drug: 'esketamine' as const } },
        clinic: reader.clinic,
        care: library.care(),
        measure: library.measure('phq9'),
      };
      const task: TaskView = { ...ASKED, kind, answers: [...TASKS[kind].options] };
      const shown = { task, version: '1', record: taskData(kind, context), decidedOn: undefined, names: new Map() };
      // As it comes back when something in it was wrong.
      const filled = {
        values: { reason: 'because', 'data.readings[0].sbp': '900', 'data.readings[1].at': '2026-11-23T10:00' },
        problems: [
          { path: 'data.readings[0].sbp', problem: 'found 900; allowed: at most 400' },
          { path: 'data.takenToday', problem: 'found opioid and none of these; allowed: one or the other' },
        ],
      };
      const frame = { title: taskTitle(shown), clinic: 'Clinic', now: ASKED.opensAt, reader, who, here: '/' };
      await page.setContent(String(await layout(frame, taskPage(shown, library, reader, filled))));
      await looks(page);
    }
  }, 120_000);

  test('or a therapist writes a note of a session and corrects it; another reads it with the patient’s signature, until it is taken back', async () => {
    const reading = readingStore(clinic.ports);
    const [sasha] = (await reading.journeysOfPatient('demo-1', { cursor: undefined, limit: 1 })).items;
    const journeyId = sasha?.value.journeyId ?? '';
    const held = (await reading.appointmentsOf(journeyId)).find(
      ({ value: { kind, state } }) => kind === 'integration' && state === 'attended',
    );
    const therapist = held?.value.practitioners[0] ?? '';
    await signIn(therapist, 'therapist');
    await page.goto(`${server.url}/journeys/${journeyId}`);
    await page.getByRole('link', { name: 'Notes' }).click();
    await looks(page);
    // Refused once: nothing was written.
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('alert').waitFor();
    await looks(page);
    await page.getByLabel('What was said').fill('by the lighthouse <b>\nand the sea');
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await main()).toContain('Note 1, version 1');
    await page.getByRole('link', { name: 'Correct note 1' }).click();
    await looks(page);
    await page.getByLabel('What was said').fill('by the river');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await looks(page);
    expect(await main()).toMatch(
      /version 2[\s\S]*by the river[\s\S]*version 1[\s\S]*by the lighthouse <b>\nand the sea/,
    );

    await signIn('medical-director-1', 'medical-director');
    await goTo(`/journeys/${journeyId}/notes`);
    expect(await main()).toContain('None that you may read.');
    expect(await page.getByRole('button', { name: 'Keep it' }).count()).toBe(0);

    await page.getByRole('link', { name: 'Who may read notes' }).click();
    await looks(page);
    await page.getByLabel('Whose notes').selectOption(therapist);
    await page.getByLabel('Who may read them').selectOption('medical-director-1');
    await page.getByLabel('Signed on').fill('2026-11-20');
    await page.getByRole('button', { name: 'Record it' }).click();
    // Refused once: nobody lets themselves in.
    await looks(page);
    expect(await page.getByRole('alert').innerText()).toContain('nobody records an authorization for themselves');
    expect(await page.getByLabel('Signed on').inputValue()).toBe('2026-11-20');
    await page.getByLabel('Who may read them').selectOption('provider-1');
    await page.getByRole('button', { name: 'Record it' }).click();
    await looks(page);
    expect(await main()).toMatch(/may read what .* wrote: signed 2026-11-20, until it is taken back/);

    await signIn('provider-1', 'provider');
    await goTo(`/journeys/${journeyId}/notes`);
    expect(await main()).toContain('by the river');
    await goTo(`/journeys/${journeyId}/notes/releases`);
    expect(await main()).toContain('signed 2026-11-20');
    expect(await page.getByRole('button').count()).toBe(0);

    await signIn('medical-director-1', 'medical-director');
    await page.goto(`${server.url}/journeys/${journeyId}/notes/releases`);
    await page.getByRole('button', { name: 'The patient took it back' }).click();
    expect(await main()).toMatch(/Taken back \d{4}-\d\d-\d\d/);
    expect(await page.getByRole('button', { name: 'The patient took it back' }).count()).toBe(0);
    await signIn('provider-1', 'provider');
    await goTo(`/journeys/${journeyId}/notes`);
    expect(await main()).toContain('None that you may read.');
    expect(errors).toEqual([]);
  }, 60_000);

  test('or a provider sees what the last dose was like before ordering the next', async () => {
    await signIn('provider-1', 'provider');
    await page.getByRole('link', { name: 'Order the dose' }).first().click();
    await looks(page);
    for (const more of await page.getByText('What was recorded with it').all()) await more.click();
    await looks(page, 'dose-order');
    const rests = await page.getByRole('region', { name: 'What this is decided on' }).innerText();
    expect(rests).toMatch(
      /Patient Health Questionnaire, nine items \(phq9, \d\): \d+ of 27, [a-z ]+, \w+ \d+ \w+ \d\d:\d\d/,
    );
    expect(rests).toMatch(/Check-in before dose 4[\s\S]*Systolic pressure, mmHg: \d+/);
    expect(rests).toMatch(/Record the dose, dose 4\s+given, by [\s\S]*Begun at: /);
    expect(rests).toMatch(/, dose 4\s+well, by /);
    await page.goto(`${server.url}/`);
    await page.getByRole('link', { name: 'Decide on medical clearance' }).click();
    await page.getByText('Every answer of the screening').click();
    await looks(page, 'medical-clearance');
    expect(errors).toEqual([]);
  }, 60_000);

  test('sees where a series stands: each dose with the integration that it owes', async () => {
    await signIn('medical-director-1', 'medical-director');
    const journeys = await page
      .locator('main a[href^="/journeys/"]:not([href*="/tasks/"])')
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))]);
    const drawn: string[] = [];
    for (const journey of journeys) {
      await page.goto(`${server.url}${journey}`);
      const list = page.getByRole('list', { name: 'Doses and integrations' });
      if ((await list.count()) > 0) drawn.push(await list.innerText());
    }
    expect(drawn.join('\n')).toMatch(/Dose 1: given .*\n.*Integration: done/);
    expect(errors).toEqual([]);
  }, 60_000);
});
