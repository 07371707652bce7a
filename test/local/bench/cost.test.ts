import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { countedPart, withCountedPart } from '../../../local/bench/cost-page.ts';
import { type Counted, countTransitions, totalOf } from '../../../local/bench/transitions.ts';
import { oneMachine } from '../../../local/clinic/one-machine.ts';
import { machineryUsd } from '../../../local/rehearsal/cost.ts';
import { type Rehearsal, rehearse } from '../../../local/rehearsal/run.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/cost.md', import.meta.url)), 'utf8');

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await rehearse(await readScenario({ program: 'northwest-iv' }), oneMachine);
}, 60_000);

describe('what the default journey costs', () => {
  test('stays under 500 transitions and 2 cents without the messages', () => {
    expect(rehearsal.result.cost.transitions).toBeLessThan(500);
    expect(machineryUsd(rehearsal.result.cost)).toBeLessThan(0.02);
  });

  test('is counted for every state, so that nothing is left over', () => {
    expect(totalOf(countTransitions(rehearsal.executions))).toBe(rehearsal.result.cost.transitions);
  });

  test('is what docs/cost.md says (if not: node local/bench/write-cost.ts)', () => {
    expect(page).toContain(`| **all** | **${rehearsal.result.cost.transitions}** |`);
    const lines = page.split('\n');
    const told = ({ state, times }: Counted) =>
      lines.some((line) => line.startsWith(`|  | ${state} |`) && line.endsWith(`| ${times} |`));
    expect(countTransitions(rehearsal.executions).filter((counted) => !told(counted))).toEqual([]);
  });
});

test('the words of the page are kept when its tables are written anew', () => {
  const once = withCountedPart('# Title\n\nWords.\n', countedPart([], rehearsal.result.cost));
  expect(once).toMatch(/^# Title\n\nWords\.\n\n<!-- written/);
  expect(withCountedPart(`${once}\nAfter.\n`, countedPart([], rehearsal.result.cost))).toBe(`${once}\nAfter.\n`);
});
