import { describe, expect, test } from 'vitest';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { type Trouble, troubledClinic } from '../support/troubled-clinic.ts';

/** A defect of ours: no retry helps, so the execution fails. */
class Broken extends Error {
  override readonly name = 'Broken';
}

/** The named function breaks on its n-th call, and on no other. */
const breaking = (broken: string, nth: number): Trouble => {
  let calls = 0;
  return {
    invoked: async (name, event, call) => {
      if (name === broken) {
        calls += 1;
        if (calls === nth) throw new Broken(broken);
      }
      return call(event);
    },
  };
};

const goThrough = async (trouble: Trouble) => {
  const { result } = await rehearse(await readScenario({ program: 'northwest-iv' }), troubledClinic(trouble));
  const opened = (kind: string) =>
    result.entries.filter((entry) => entry.kind === 'task' && entry.task === kind && entry.event === 'opened').length;
  const booked = (kind: string) =>
    result.entries.filter(
      (entry) => entry.kind === 'appointment' && entry.appointment === kind && entry.event === 'booked',
    ).length;
  return { ...result, opened, booked };
};

describe('A journey whose execution failed in the middle', () => {
  test.each([
    ['while the screening was read', 'screen-patient', 1],
    ['while the enrolment was asked for', 'check-gate', 1],
    ['while the preparation was confirmed', 'confirm-appointment', 2],
    ['before the second dose was booked', 'check-gate', 4],
    ['as a dose was begun', 'start-dose', 2],
    ['as the next step was decided', 'plan-next-step', 3],
    ['at its completion', 'begin-completion', 2],
  ])('%s goes on where it was: nothing is booked, asked or given twice', async (_when, broken, nth) => {
    const journey = await goThrough(breaking(broken, nth));
    expect(journey.outcome?.kind).toBe('completed');
    expect(['consult', 'preparation', 'dosing', 'integration'].map(journey.booked)).toEqual([1, 1, 6, 6]);
    expect(
      ['fit-decision', 'medical-clearance', 'sign-consents', 'record-dose', 'record-integration'].map(journey.opened),
    ).toEqual([1, 1, 1, 6, 6]);
    expect(journey.opened('resolve-failure')).toBe(1);
    expect(journey.executions.some(({ name, status }) => status === 'SUCCEEDED' && name.endsWith('-2'))).toBe(true);
  });

  test('as a questionnaire was asked is a person’s task, and starts again when they ask for it', async () => {
    let failed = '';
    const journey = await goThrough({
      invoked: async (name, event, call) => {
        const text = JSON.stringify(event);
        if (name === 'open-task' && failed === '' && text.includes('phq9-week-2')) {
          failed = text;
          throw new Broken(name);
        }
        return call(event);
      },
    });
    expect(failed).not.toBe('');
    expect(journey.outcome?.kind).toBe('completed');
    expect(journey.opened('resolve-failure')).toBe(1);
    const names = journey.executions
      .map(({ name }) => name)
      .filter((name) => name.includes('-answer-measure-phq9-week-2') && !name.includes('resolve'));
    expect(names.map((name) => name.at(-1))).toEqual(['1', '2']);
  });
});
