import { describe, expect, test } from 'vitest';
import { oneMachine } from '../../local/clinic/one-machine.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { tell } from '../support/story.ts';

const A_MONTH_AND_MORE = 'P33D';

describe('When nobody up to the last rung answers for more than a month', () => {
  test.each(['record-dose', 'discharge'] as const)(
    '%s stays asked for until somebody does it: no dose goes without its recorded end and its discharge',
    async (task) => {
      const { outcome, all } = await tell({ people: [{ task, occurrence: 1, after: A_MONTH_AND_MORE }] });
      expect(all('task', { task, event: 'expired' })).toEqual([]);
      expect(all('dose', { cycle: 1 }).map(({ event }) => event)).toEqual(['started', 'ended']);
      expect(outcome).toBe('completed');
    },
  );

  test('a safety event stays with the clinicians until one of them decides, with one reminder on a Monday for the days before', async () => {
    const { outcome, reason, all } = await tell({
      people: [
        { task: 'next-day-check-in', occurrence: 1, answer: 'concern' },
        { task: 'safety-decision', after: A_MONTH_AND_MORE, answer: 'stop', reason: 'not for them' },
      ],
    });
    expect(all('task', { task: 'safety-decision' }).filter(({ event }) => event !== 'nudged')).toMatchObject([
      { event: 'opened' },
      { event: 'escalated' },
      { event: 'decided', answer: 'stop' },
    ]);
    expect(all('safety').at(-1)).toMatchObject({ event: 'closed' });
    const reminded = all('message', { message: 'nudge', event: 'sent' }).map(({ at, person }) => `${at} ${person}`);
    expect(reminded.length).toBeGreaterThan(20);
    expect(new Set(reminded).size).toBe(reminded.length);
    expect([outcome, reason]).toEqual(['stopped-medically', 'not for them']);
  });

  test('a safety event outlives the year that an execution may take: it is taken up again where it stood', async () => {
    const scenario = await readScenario({
      program: 'northwest-iv',
      people: [
        { task: 'next-day-check-in', occurrence: 1, answer: 'concern' },
        { task: 'safety-decision', after: 'P400D', answer: 'stop', reason: 'not for them' },
      ],
      until: 'P2Y',
    });
    const { entries, outcome, invariants, executions } = (await rehearse(scenario, oneMachine)).result;
    const broken = executions.filter(({ machine, status }) => machine === 'safety-event' && status === 'TIMED_OUT');
    expect(broken).toHaveLength(1);
    expect(invariants.flatMap(({ violations }) => violations)).toEqual([]);
    const safety = entries.flatMap((entry) => (entry.kind === 'safety' ? [entry.event] : []));
    expect(safety).toEqual(['opened', 'hold', 'paged', 'acknowledged', 'decided', 'followed-up', 'closed']);
    expect(outcome?.kind).toBe('stopped-medically');
  });

  test('a patient is discharged also when the window of the integration has closed meanwhile', async () => {
    const { outcome, all } = await tell({
      people: [{ task: 'discharge', occurrence: 1, after: 'P8D' }],
      commands: [
        {
          after: 'dose',
          plus: 'P2D',
          command: 'mark-no-show',
          by: { role: 'coordinator' },
          data: { appointment: 'integration' },
        },
      ],
    });
    expect(all('debt', { cycle: 1 }).map(({ event }) => event)).toContain('overdue');
    expect(all('task', { task: 'discharge', occurrence: 1, event: 'decided' })).toHaveLength(1);
    expect(outcome).toBe('completed');
  });

  test('nobody is asked to check a patient in once the day is over: the dose is booked anew, and the fourth such day hands the care over', async () => {
    const { outcome, reason, all } = await tell({ people: [{ task: 'dosing-day-check', after: A_MONTH_AND_MORE }] });
    expect(all('task', { task: 'dosing-day-check', event: 'opened' })).toHaveLength(4);
    expect(all('dose')).toEqual([]);
    expect([outcome, reason]).toEqual(['transferred', 'too late for the day on the fourth day']);
  });
});

describe('A patient who misses a check-in and is not reached by telephone, but fills in a form between two calls,', () => {
  test('is called again each time until they are reached', async () => {
    const calls = (occurrence: number) => ({ task: 'call-patient', occurrence, after: 'P3D', answer: 'not-reached' });
    const { outcome, all } = await tell({
      people: [{ task: 'next-day-check-in', occurrence: 1, never: true }, calls(1), calls(2), calls(3)],
    });
    const answers = all('task', { task: 'call-patient', event: 'decided' }).map(({ answer }) => answer);
    expect(answers).toEqual(['not-reached', 'not-reached', 'not-reached', 'reached']);
    expect(outcome).toBe('completed');
  });

  test('and after the fourth call about it that reached nobody the journey ends, though they filled in their forms', async () => {
    const { outcome, reason, all } = await tell({
      people: [
        { task: 'next-day-check-in', occurrence: 1, never: true },
        { task: 'call-patient', after: 'P3D', answer: 'not-reached' },
      ],
    });
    expect(all('task', { task: 'call-patient', event: 'decided' })).toHaveLength(4);
    expect(all('task', { task: 'answer-measure', event: 'decided' }).length).toBeGreaterThan(1);
    expect([outcome, reason]).toEqual(['unresponsive', 'not reached in 4 calls about next-day-check-in']);
  });
});
