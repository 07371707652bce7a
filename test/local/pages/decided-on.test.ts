import { describe, expect, test } from 'vitest';
import { problem } from '../../../functions/contracts/api/problem.ts';
import type { TaskView } from '../../../functions/contracts/api/tasks.ts';
import type { TaskKind } from '../../../functions/domain/names.ts';
import { bundledData, libraryOf } from '../../../functions/stores/bundled-library.ts';
import { type Ask, askingAs } from '../../../local/pages/asking.ts';
import { decidedOnPart, readDecidedOn } from '../../../local/pages/decided-on.ts';

const AT = '2026-11-23T18:00:00.000Z';
const library = libraryOf(bundledData());
const reader = { clinic: library.clinic(), zone: library.clinic().zone };

const taskOf = (kind: TaskKind, more: Partial<TaskView> = {}): TaskView => ({
  journeyId: 'j123456789abc',
  number: 9,
  kind,
  occurrence: 1,
  role: 'provider',
  holder: 'provider',
  assignee: null,
  claimedBy: null,
  state: 'open',
  opensAt: AT,
  dueAt: AT,
  overdue: false,
  decidedAt: null,
  appointmentId: null,
  answers: [],
  clinical: { about: null, cycle: 1, checks: [], answer: null, by: null, reason: null, data: {} },
  ...more,
});
const { clinical: _, ...given } = taskOf('record-dose', { number: 4, state: 'decided', decidedAt: AT });
const asked = { about: null, cycle: 1, checks: [], answer: 'given', by: 'nurse-1', reason: null };

const FIRED = {
  rule: 'RV-34',
  reason: 'SI_MODERATE',
  outcome: 'review',
  why: 'same-day clinician assessment',
  source: ['S45'],
  inputs: { cssrs_q3: true, phq9_item9: 2 },
};
const SCREENING = { at: AT, disposition: 'review', rulesetVersion: 'kap-screening@1', fired: [FIRED] };
const FIT = { reasons: [], goals: [], openToReflection: true, willAttendIntegration: true };
const CYCLE = {
  number: 1,
  dosingAppointmentId: 'dosing-1',
  integrationAppointmentId: null,
  orderedAt: AT,
  check: { sbp: 131 },
  checkedInAt: AT,
  startedAt: AT,
  endedAt: AT,
  result: 'given',
  dischargedAt: null,
  againstAdvice: false,
  debt: null,
  integration: null,
  reviewed: false,
  responseReviewed: false,
  integrationsHeld: 0,
};
const SCORED = { measure: 'phq9', occurrence: 2, at: AT, total: 16, band: 'moderately-severe', point: 'baseline' };

/** An API that answers so, and tells what it was asked for. */
const apiOf = (answers: Readonly<Record<string, unknown>>): { ask: Ask; operations: string[] } => {
  const operations: string[] = [];
  const request = async (path: Request | string | URL) => {
    const to = new URL(String(path), 'http://clinic').pathname.replace(/^\/v1\/journeys\/[^/]+\//, '');
    operations.push(to);
    const answer = answers[to];
    const refused = problem('forbidden', {});
    return new Response(JSON.stringify(answer ?? refused), { status: answer === undefined ? refused.status : 200 });
  };
  return { ask: askingAs({ request }, 'token'), operations };
};

const EVERYTHING = {
  record: { facts: { age_years: 38 }, fit: FIT, inPersonEvaluatedOn: null, screenings: [SCREENING] },
  measures: { items: [SCORED] },
  cycles: { items: [CYCLE] },
  tasks: { items: [given, { ...given, number: 5, kind: 'next-day-check-in' }] },
  'tasks/4': { ...given, clinical: { ...asked, data: { readings: [{ at: AT, sbp: 144 }] } } },
  'tasks/5': {
    ...given,
    number: 5,
    kind: 'next-day-check-in',
    clinical: { ...asked, reason: 'I slept badly', data: {} },
  },
  'safety-events': { items: [] },
};

const shownTo = async (task: TaskView, answers: Readonly<Record<string, unknown>>): Promise<string> => {
  const decidedOn = await readDecidedOn(apiOf(answers).ask, task);
  return decidedOn === undefined ? '' : String(await decidedOnPart(decidedOn, library, reader));
};

describe('What a clinician decides on', () => {
  test.each<[TaskKind, readonly string[]]>([
    ['screening-review', ['record', 'measures']],
    ['medical-clearance', ['record', 'measures', 'cycles', 'tasks', 'tasks/4', 'tasks/5', 'safety-events']],
    ['dose-order', ['measures', 'cycles', 'tasks', 'tasks/4', 'tasks/5', 'safety-events']],
    ['discharge', ['cycles', 'tasks', 'tasks/4', 'tasks/5']],
    ['safety-follow-up', ['safety-events']],
    ['book-appointment', []],
    ['fit-decision', []],
    ['regulatory-report', []],
  ])('is looked at part by part, and %s looks at no more than it rests on', async (kind, operations) => {
    const api = apiOf(EVERYTHING);
    await readDecidedOn(api.ask, taskOf(kind));
    expect(api.operations).toEqual(operations);
  });

  test('stands with the answers, the findings with their rules, the scores and the session', async () => {
    const page = await shownTo(taskOf('safety-decision'), EVERYTHING);
    expect(page).toMatch(/<strong>si moderate<\/strong>: review <span class="quiet">\(RV-34\)/);
    expect(page).toContain('C-SSRS question 3: yes; PHQ-9 item 9: 2');
    expect(page).toContain('sources: S45');
    expect(page).toContain('Age, years: <strong>38</strong>');
    expect(page).toMatch(
      /\(phq9, 2\)<\/span>:\s+<strong\s*>16 of 27, moderately severe<\/strong\s*>,\s+Mon 23 Nov 10:00/,
    );
    expect(page).toContain('Check-in before dose 1');
    expect(page).toContain('Systolic pressure, mmHg: <strong>131</strong>');
    expect(page).toContain('Read at: Mon 23 Nov 10:00; Systolic pressure, mmHg: 144');
    expect(page).toContain('<pre>I slept badly</pre>');
  });

  test('is not looked at by the front desk, nor once the task is answered', async () => {
    const api = apiOf(EVERYTHING);
    expect(await readDecidedOn(api.ask, taskOf('medical-clearance', { clinical: null }))).toBeUndefined();
    expect(await readDecidedOn(api.ask, taskOf('medical-clearance', { state: 'decided' }))).toBeUndefined();
    expect(api.operations).toEqual([]);
  });

  test.each([
    ['record', /Age, years|SI_MODERATE/i],
    ['measures', /phq9/],
    ['cycles', /dose 1|slept badly/],
    ['safety-events', /Adverse events/],
  ])('leaves out %s where the API refuses it', async (part, words) => {
    const task = taskOf('safety-decision');
    const { [part]: __, ...rest } = Object.fromEntries(Object.entries(EVERYTHING));
    expect(await shownTo(task, EVERYTHING)).toMatch(words);
    expect(await shownTo(task, rest)).not.toMatch(words);
  });

  test('shows what the patient said after a dose, and not what was given in it, to who does not see the check-in', async () => {
    const cycles = { items: [{ ...CYCLE, check: null }] };
    const page = await shownTo(taskOf('psychological-clearance'), { ...EVERYTHING, cycles });
    expect(page).toContain('I slept badly');
    expect(page).not.toMatch(/144|Record the dose/);
  });
});
