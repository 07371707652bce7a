import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import { moveProgram, previewMove } from '../../functions/stores/journey/move-program.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { type TroubledClinic, troubledClinic } from '../support/troubled-clinic.ts';

const DECIDED = { to: 2, by: 'medical-director-1', reason: 'more time before the dose' };

/** The default journey in a clinic that also has version 2; at the given moment its journey is moved, once. */
const goOver = async (version2: (program: Program) => Partial<Program>, when: (event: AuditEvent) => boolean) => {
  const scenario = await readScenario({ program: 'northwest-iv' });
  const { program } = scenario;
  const second: Program = { ...program, ...version2(program), version: 2 };
  let clinic: TroubledClinic | undefined;
  let moved: ReturnType<typeof moveProgram> | undefined;
  let preview: ReturnType<typeof previewMove> | undefined;
  const heard = (event: AuditEvent) => {
    if (moved !== undefined || clinic === undefined || !when(event)) return;
    const { ports, clock } = clinic;
    const { journeyId } = event;
    moved = clock.track(
      (async () => {
        preview = previewMove(ports, { journeyId, to: 2 });
        await preview;
        return moveProgram(ports, { journeyId, ...DECIDED });
      })(),
    );
  };
  const build = troubledClinic({ heard }, (built) => {
    clinic = built;
  });
  const rehearsal = await rehearse(scenario, (options) =>
    build({ ...options, library: { ...options.library, programs: [program, second] } }),
  );
  const { entries, outcome, invariants, executions } = rehearsal.result;
  expect(rehearsal.failure).toBeUndefined();
  expect(invariants.flatMap(({ id, violations }) => violations.map((each) => `${id}: ${each}`))).toEqual([]);
  expect(executions.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
  return {
    entries,
    outcome,
    moved: await moved,
    preview: await preview,
    journey: await clinic?.journey(rehearsal.result.journeyId),
  };
};

const lower = ({ dosing }: Program): Partial<Program> => ({
  dosing: { ...dosing, doseLimits: { unit: 'mg/kg', min: 0.1, max: 0.5 } },
});

const isBooked = (occurrence: number) => (event: AuditEvent) =>
  event.cause === 'replan-appointment' &&
  event.entry.kind === 'message' &&
  event.entry.message === 'booking-confirmation' &&
  event.entry.appointmentId === `integration-${occurrence}`;

describe('A journey that goes over to another version in the middle of its series', () => {
  it('plans the booked dose anew where it no longer fits, says what changed, asks what is missing, and ends', async () => {
    const { entries, outcome, moved, preview, journey } = await goOver(
      (program) => ({
        dosing: { ...program.dosing, before: 'PT45M' },
        plan: { ...program.plan, signOffs: [...program.plan.signOffs, 'nurse'] },
        measures: program.measures.filter(({ id }) => id !== 'phq9'),
      }),
      isBooked(3),
    );
    expect(moved).toMatchObject({ moved: true, refused: [], from: 1 });
    expect(preview?.appointments).toEqual(moved?.appointments);
    expect(preview?.appointments.map(({ id, becomes }) => `${id} ${becomes}`)).toEqual([
      'dosing-3 planned-anew',
      'integration-3 planned-anew',
    ]);
    expect(outcome?.kind).toBe('completed');
    expect(journey?.program).toEqual({ id: 'northwest-iv', version: 2 });
    expect(entries.filter(({ kind }) => kind === 'program')).toEqual([
      expect.objectContaining({ from: 1, to: 2, by: DECIDED.by, reason: DECIDED.reason }),
    ]);
    const lasts = entries.flatMap((entry) =>
      entry.kind === 'appointment' &&
      entry.appointment === 'dosing' &&
      (entry.event === 'booked' || entry.event === 'moved')
        ? [`${entry.occurrence}.${entry.revision} ${(Date.parse(entry.endsAt) - Date.parse(entry.startsAt)) / 60_000}`]
        : [],
    );
    expect(lasts).toEqual(['1.1 165', '2.1 165', '3.1 165', '3.2 195', '4.1 195', '5.1 195', '6.1 195']);
    const signed = entries.filter(
      (entry) => entry.kind === 'task' && entry.task === 'plan-sign-off' && entry.role === 'nurse',
    );
    expect(signed.map((entry) => 'event' in entry && entry.event)).toEqual(['opened', 'decided']);
    // The questionnaire that led the others is gone; the one that was led goes on by itself.
    const after = entries.findIndex(({ kind }) => kind === 'program');
    const weekly = entries.slice(after).flatMap((entry) => {
      const week =
        entry.kind === 'task' && entry.event === 'opened' ? /-gad7-week-(\d+)/.exec(entry.id)?.[1] : undefined;
      return week === undefined ? [] : [Number(week)];
    });
    expect(weekly.length).toBeGreaterThan(2);
    expect(weekly).toEqual(weekly.map((_, n) => (weekly[0] ?? 0) + n));
  });

  it('keeps an appointment that fits, and changes only the reminder that differs', async () => {
    const { entries, outcome, preview } = await goOver(
      (program) => ({
        reminders: program.reminders.map((rule) =>
          rule.id === 'session-day-before' ? { ...rule, at: '12:00' } : rule,
        ),
      }),
      isBooked(2),
    );
    expect(outcome?.kind).toBe('completed');
    expect(preview?.messages.map(({ rule, becomes }) => `${rule} ${becomes}`)).toEqual(['session-day-before changed']);
    const told = entries.flatMap((entry) =>
      entry.kind === 'message' && entry.message === 'day-before' && entry.appointmentId === 'dosing-2'
        ? [`${entry.event} ${entry.revision} ${entry.local.slice(11, 16)}`]
        : [],
    );
    expect(told.filter((each) => each.startsWith('sent'))).toEqual(['sent 2 12:00']);
    expect(told.filter((each) => each.startsWith('cancelled'))).toHaveLength(1);
    expect(entries.filter((entry) => entry.kind === 'appointment' && entry.event === 'moved')).toEqual([]);
  });

  it('has its next dose ordered anew where the limits are others, and nobody is checked in before that', async () => {
    const { entries, outcome } = await goOver(
      lower,
      ({ entry }) =>
        entry.kind === 'message' &&
        entry.message === 'reminder' &&
        entry.event === 'sent' &&
        entry.appointmentId === 'dosing-3',
    );
    expect(outcome?.kind).toBe('completed');
    const told = entries.flatMap((entry) =>
      entry.kind === 'task' && /^(dose-order|dosing-day-check)-dosing-3/.test(entry.id) && entry.event !== 'nudged'
        ? [`${entry.id} ${entry.event}`]
        : [],
    );
    expect(told).toEqual([
      'dose-order-dosing-3-1 opened',
      'dose-order-dosing-3-1 decided',
      'dose-order-dosing-3-2 opened',
      'dose-order-dosing-3-2 decided',
      expect.stringMatching(/^dosing-day-check-dosing-3-\d opened$/),
      expect.stringMatching(/^dosing-day-check-dosing-3-\d decided$/),
    ]);
  });

  it.each<[string, (event: AuditEvent) => boolean, (program: Program) => Partial<Program>]>([
    [
      'as a questionnaire opens that the new version does not ask: it can still be answered',
      ({ entry }) => entry.kind === 'task' && entry.id === 'answer-measure-phq9-week-1-1' && entry.event === 'opened',
      ({ measures }) => ({ measures: measures.filter(({ id }) => id !== 'phq9'), response: [] }),
    ],
    [
      'as a preparation is booked that takes longer now',
      ({ entry }) => entry.kind === 'appointment' && entry.appointment === 'preparation' && entry.event === 'booked',
      ({ preparation }) => ({ preparation: { ...preparation, duration: 'PT90M' } }),
    ],
    [
      'between a dose and its integration, which takes longer now',
      ({ entry }) => entry.kind === 'task' && entry.id === 'home-safe-c2-1' && entry.event === 'decided',
      ({ integration }) => ({ integration: { ...integration, duration: 'PT90M' } }),
    ],
  ])('ends as it would have, also when it goes over %s', async (_when, when, version2) => {
    const { outcome, moved } = await goOver(version2, when);
    expect([moved?.moved, outcome?.kind]).toEqual([true, 'completed']);
  });

  it('stays where it is while an order is being taken up', async () => {
    const { moved } = await goOver(
      lower,
      ({ entry }) => entry.kind === 'task' && entry.id === 'dose-order-dosing-3-1' && entry.event === 'decided',
    );
    expect(moved?.refused).toEqual(['a dose was ordered at this very moment; try again in a minute']);
  });

  it('stays where it is while a dose is under way', async () => {
    const { moved, journey } = await goOver(
      () => ({}),
      ({ entry }) => entry.kind === 'dose' && entry.event === 'started' && entry.cycle === 2,
    );
    expect(moved).toMatchObject({ moved: false, refused: ['dose 2 is under way; once the patient is discharged'] });
    expect(journey?.program.version).toBe(1);
  });
});
