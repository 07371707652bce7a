import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import { readMachines } from '../../local/clinic/machines.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { type TroubledClinic, troubledClinic } from '../support/troubled-clinic.ts';

/** The function that the definition of before calls, and today's no longer. */
const RETIRED = 'note-cycle';

/** The cycle's definition of before: it told another system of each cycle before it handed over. */
const before = () =>
  readMachines().map(({ name, definition }) => {
    if (name !== 'cycle') return { name, definition };
    const text = JSON.stringify(definition).replaceAll('"Default":"Hand over"', '"Default":"Note the cycle"');
    const old = JSON.parse(text);
    old.States['Note the cycle'] = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: RETIRED, Payload: { run: '{% $run %}' } },
      Next: 'Hand over',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Tell a person what failed' }],
    };
    return { name, definition: old };
  });

const isDose = (event: AuditEvent): boolean =>
  event.entry.kind === 'dose' && event.entry.event === 'started' && event.entry.cycle === 2;

/** A journey that began before an update; today's definitions go out while its second dose is given. */
const updated = async (retired: (event: unknown) => Promise<unknown>) => {
  const calls: unknown[] = [];
  let clinic: TroubledClinic | undefined;
  const build = troubledClinic(
    {
      machines: before(),
      invoked: async (name, event, call) => {
        if (name !== RETIRED) return call(event);
        calls.push(event);
        return retired(event);
      },
      heard: (event) => {
        if (isDose(event)) clinic?.deploy(readMachines());
      },
    },
    (built) => {
      clinic = built;
    },
  );
  const { result } = await rehearse(await readScenario({ program: 'northwest-iv' }), build);
  const failed = result.executions.filter(({ status }) => status !== 'SUCCEEDED').map(({ machine }) => machine);
  return { outcome: result.outcome?.kind, calls, failed };
};

describe('A task that leaves a definition while a journey runs', () => {
  it('stays deployed: the cycle under way still calls it, the cycles after it do not, and the journey ends', async () => {
    const { outcome, calls, failed } = await updated(async () => ({}));
    expect({ outcome, failed }).toEqual({ outcome: 'completed', failed: [] });
    // The first cycle ended before the update, the second had begun by the old definition.
    expect(calls).toHaveLength(2);
  });

  it('but is removed too early: the cycle under way fails, and its replay goes on by the new definition', async () => {
    let gone = false;
    const { outcome, failed } = await updated(async () => {
      if (gone) throw new Error('no such function');
      gone = true;
      return {};
    });
    expect({ outcome, failed }).toEqual({ outcome: 'completed', failed: ['cycle'] });
  });
});
