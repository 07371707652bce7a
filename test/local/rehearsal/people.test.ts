import { beforeAll, describe, expect, test } from 'vitest';
import type { Task } from '../../../functions/domain/journey/task.ts';
import { measureAsked } from '../../../functions/domain/measures/asked.ts';
import type { Role, TaskKind } from '../../../functions/domain/names.ts';
import { atLocal } from '../../../functions/domain/time/local.ts';
import { planAnswer, type Situation } from '../../../local/rehearsal/people.ts';
import { readScenario, type Scenario } from '../../../local/rehearsal/scenario.ts';
import { cycle as cycleOf } from '../../domain/gates/scenes.ts';
import { openTask } from '../../support/open-task.ts';

const LA = 'America/Los_Angeles';
const la = (text: string) => atLocal(text.slice(0, 10), text.slice(11), LA);

let standard: Scenario;
beforeAll(async () => {
  standard = await readScenario({ program: 'northwest-iv' });
});
const withPeople = (...people: object[]) => readScenario({ program: 'northwest-iv', people });

type Over = Partial<Omit<Situation, 'task'>> & { task?: Partial<Task> };
const plan = (kind: TaskKind, since: string, { task, ...over }: Over = {}) => {
  const open = openTask(kind, task);
  return planAnswer({
    scenario: standard,
    holder: open.role,
    since: la(since),
    administrations: new Map(),
    ...over,
    task: open,
  });
};

describe('the default time of an answer', () => {
  test.each<[string, TaskKind, string, string]>([
    ['two hours later in working hours', 'fit-decision', '2026-03-02 10:00', '2026-03-02 10:15'],
    ['two working hours over a weekend', 'book-appointment', '2026-03-06 16:00', '2026-03-09 10:00'],
    ['two hours later for a patient', 'sign-consents', '2026-03-07 12:00', '2026-03-07 14:00'],
    ['from 08:00 for a patient at night', 'sign-consents', '2026-03-07 23:00', '2026-03-08 10:00'],
    ['two minutes for whoever is on call, at night', 'acknowledge-safety', '2026-03-07 03:00', '2026-03-07 03:02'],
    ['ten minutes at check-in', 'dosing-day-check', '2026-03-10 09:00', '2026-03-10 09:10'],
    ['the dose for its record', 'record-dose', '2026-03-10 09:15', '2026-03-10 10:45'],
    ['the observation for the discharge', 'discharge', '2026-03-10 10:45', '2026-03-10 11:45'],
    ['a quarter of an hour for home safe', 'home-safe', '2026-03-10 13:45', '2026-03-10 14:00'],
    ['a quarter of an hour after an encounter', 'record-integration', '2026-03-11 17:00', '2026-03-11 17:15'],
  ])('%s', (_name, kind, since, at) => {
    expect(plan(kind, since)?.at).toBe(la(at));
  });

  test('is in the patient’s zone for the patient', async () => {
    const scenario = await readScenario({ program: 'northwest-iv', patient: { zone: 'America/New_York' } });
    expect(plan('sign-consents', '2026-03-06 19:00', { scenario })?.at).toBe(la('2026-03-07 07:00'));
  });

  test('is two hours in working hours for the next rung, also on a dosing day', () => {
    expect(plan('dosing-day-check', '2026-03-10 09:45', { holder: 'provider' })).toMatchObject({
      at: la('2026-03-10 11:45'),
      by: { role: 'provider', id: 'provider-1' },
      answer: 'proceed',
    });
  });
});

describe('who answers', () => {
  test.each<[TaskKind, Role, Partial<Task>, string]>([
    ['answer-screening', 'patient', {}, 'patient'],
    ['book-pair', 'coordinator', {}, 'coordinator-1'],
    ['medical-clearance', 'medical-director', {}, 'medical-director-1'],
    ['psychological-clearance', 'therapist', {}, 'therapist-1'],
    ['record-integration', 'therapist', { assignee: 'therapist-12' }, 'therapist-12'],
    ['partner-offer', 'partner', { ask: { kind: 'partner-offer', about: 'partner-2' } }, 'therapist-21'],
    ['acknowledge-safety', 'on-call', {}, 'provider-1'],
    ['acknowledge-safety', 'provider', {}, 'provider-2'],
    ['acknowledge-safety', 'on-call', { assignee: 'provider-2' }, 'provider-2'],
    ['acknowledge-safety', 'provider', { assignee: 'provider-2' }, 'provider-1'],
  ])('%s as %s', (kind, holder, task, id) => {
    expect(plan(kind, '2026-03-03 10:00', { holder, task })?.by).toEqual({ role: holder, id });
  });
});

test('the clinic’s own people come before those of its partners', async () => {
  const practitioners = [
    { id: 'therapist-1', partner: 'partner-1' },
    { id: 'therapist-9', roles: ['therapist'] },
  ];
  const scenario = await readScenario({ program: 'northwest-iv', clinic: { practitioners } });
  expect(plan('psychological-clearance', '2026-03-03 10:00', { scenario })?.by.id).toBe('therapist-9');
});

describe('what goes into the record', () => {
  test('a questionnaire takes the next total, the last one repeats', () => {
    const task = { ask: { kind: 'answer-measure' as const, about: 'phq9-week-2' } };
    const totals = [0, 1, 5, 9].map(
      (n) => plan('answer-measure', '2026-03-03 10:00', { task, administrations: new Map([['phq9', n]]) })?.data,
    );
    expect(totals).toEqual([{ total: 16 }, { total: 11 }, { total: 4 }, { total: 4 }]);
    expect(measureAsked('cssrs-since-last-contact-week-2')).toBe('cssrs-since-last-contact');
    expect(measureAsked('mood')).toBe('mood');
    expect(measureAsked('phq99')).toBeUndefined();
  });

  test('the recorded end of a dose is the moment of its record, and everything was read that was due', () => {
    const cycle = { ...cycleOf(), startedAt: la('2026-03-10 09:15') };
    const { readings, ...times } = plan('record-dose', '2026-03-10 09:15', { cycle })?.data ?? {};
    expect(Array.isArray(readings) && readings.length).toBe(8);
    expect(times).toEqual({
      startedAt: la('2026-03-10 09:15'),
      endedAt: la('2026-03-10 10:45'),
    });
  });

  test('a check-in says what the rule says, and all else as it should be', async () => {
    const scenario = await withPeople({ task: 'dosing-day-check', data: { sbp: 170, cssrs: { q1: true } } });
    expect(plan('dosing-day-check', '2026-03-10 09:00', { scenario })?.data).toMatchObject({
      sbp: 170,
      identity: true,
      symptoms: [],
      cssrs: { q1: true, q2: false },
    });
  });

  test('bookings leave the choice to the product', () => {
    expect(plan('book-pair', '2026-03-03 10:00')?.data).toEqual({});
  });
});

describe('rules', () => {
  test('the first that matches counts, by occurrence and role', async () => {
    const scenario = await withPeople(
      { task: 'plan-sign-off', role: 'patient', answer: 'changes' },
      { task: 'plan-sign-off', occurrence: 2, after: 'P1D', by: 'provider-2' },
      { task: 'plan-sign-off', answer: 'changes' },
    );
    const asked = (role: Role, occurrence: number) =>
      plan('plan-sign-off', '2026-03-03 10:00', { scenario, holder: role, task: { role, occurrence } });
    expect(asked('patient', 2)).toMatchObject({ answer: 'changes', by: { id: 'patient' } });
    expect(asked('provider', 2)).toMatchObject({
      answer: 'signed',
      by: { id: 'provider-2' },
      at: la('2026-03-04 10:00'),
    });
    expect(asked('provider', 3)).toMatchObject({ answer: 'changes', by: { id: 'provider-1' } });
  });

  test('never silences the task’s own role, and the next rung answers', async () => {
    const scenario = await withPeople({ task: 'dose-order', never: true });
    expect(plan('dose-order', '2026-03-03 10:00', { scenario })).toBeUndefined();
    expect(plan('dose-order', '2026-03-04 10:00', { scenario, holder: 'medical-director' })).toMatchObject({
      answer: 'ordered',
      at: la('2026-03-04 12:00'),
    });
  });

  test('never with a role silences that role alone', async () => {
    const scenario = await withPeople({ task: 'dose-order', role: 'medical-director', never: true });
    expect(plan('dose-order', '2026-03-03 10:00', { scenario })).toMatchObject({ by: { id: 'provider-1' } });
    expect(plan('dose-order', '2026-03-03 10:00', { scenario, holder: 'medical-director' })).toBeUndefined();
  });

  test('an override or a waiver always has a reason', async () => {
    const scenario = await withPeople(
      { task: 'gate-review', answer: 'overridden' },
      { task: 'integration-overdue', answer: 'waived', reason: 'moved away' },
    );
    expect(plan('gate-review', '2026-03-03 10:00', { scenario })?.reason).toBe('as answered in the rehearsal');
    expect(plan('integration-overdue', '2026-03-03 10:00', { scenario })?.reason).toBe('moved away');
    expect(plan('dose-order', '2026-03-03 10:00', { scenario })?.reason).toBeUndefined();
  });

  test('somebody named answers in a role that they have', async () => {
    const scenario = await withPeople({ task: 'safety-decision', by: 'medical-director-1', answer: 'stop' });
    expect(plan('safety-decision', '2026-03-03 10:00', { scenario })?.by).toEqual({
      role: 'medical-director',
      id: 'medical-director-1',
    });
  });

  test('an end that is recorded later than planned is recorded then', async () => {
    const scenario = await withPeople({ task: 'record-dose', data: { endedAt: la('2026-03-10 12:00') } });
    expect(plan('record-dose', '2026-03-10 09:15', { scenario })?.at).toBe(la('2026-03-10 12:00'));
  });
});
