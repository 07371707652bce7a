import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { HEALTHY_FACTS } from '../../../functions/domain/screening/facts.ts';
import { screenCommand } from '../../../local/clinical/screen-command.ts';
import { around } from './around.ts';

const CASES = fileURLToPath(new URL('../../../../shared/clinical-cases.json', import.meta.url));

const screenInput = async (input: unknown, args: string[] = ['--facts', '-']) => {
  const { streams, out, err } = around(typeof input === 'string' ? input : JSON.stringify(input));
  return { status: await screenCommand(args, streams), out: out(), err: err() };
};

describe('screening from the command line', () => {
  test('one fact sheet is answered with one object: what decides, each reason with its outcome, notes, rules, version', async () => {
    const { status, out, err } = await screenInput({ ...HEALTHY_FACTS, age_years: 24, sbp: 181, dbp: 91, dast10: 3 });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      disposition: 'ineligible',
      reasons: ['BP_ELEVATED', 'BP_UNCONTROLLED', 'DAST_POSITIVE'],
      reasonOutcomes: { BP_ELEVATED: 'review', BP_UNCONTROLLED: 'ineligible', DAST_POSITIVE: 'review' },
      notes: ['AGE_UNDER_25'],
      firedRules: ['HS-08a', 'RV-01b', 'RV-23', 'NT-03'],
      rulesetVersion: 'kap-screening@1',
    });
  });

  test('a list is answered with a list in its order, an empty one with an empty one', async () => {
    const { out } = await screenInput([{ ...HEALTHY_FACTS, avm: 'unknown' }, HEALTHY_FACTS]);
    expect(JSON.parse(out)).toMatchObject([{ reasons: ['MISSING_DATA'] }, { disposition: 'eligible', reasons: [] }]);
    expect(JSON.parse((await screenInput([])).out)).toEqual([]);
  });

  test('a patient whose answers contradict one another is screened as the answers stand', async () => {
    const { status, out } = await screenInput({ ...HEALTHY_FACTS, cv_event_ever: 'no', cv_event_days_ago: 42 });
    expect({ status, ...JSON.parse(out) }).toMatchObject({ status: 0, reasons: ['CV_EVENT_RECENT'] });
  });

  const { avm: _, ...withoutAvm } = HEALTHY_FACTS;
  test.each([
    ['a missing key', withoutAvm, /^facts\.avm: missing; allowed: one of yes, no, unknown\n$/],
    ['a missing key of the second patient', [HEALTHY_FACTS, withoutAvm], /^facts\[1\]\.avm: missing/],
    ['an unknown key', { ...HEALTHY_FACTS, hair: 'red' }, /^facts: unknown key "hair"; one of age_years, /],
    ['a text for a number', { ...HEALTHY_FACTS, sbp: '120' }, /^facts\.sbp: found "120"; allowed: a number\n$/],
    ['an impossible pressure', { ...HEALTHY_FACTS, dbp: -4 }, /^facts\.dbp: found -4; allowed: at least 10\n$/],
    [
      'a medicine of no class',
      { ...HEALTHY_FACTS, meds: ['maoi', 'x'] },
      /^facts\.meds\[1\]: unknown med "x"; one of /,
    ],
    [
      'an open answer where none may be',
      { ...HEALTHY_FACTS, breastfeeding: null },
      /^facts\.breastfeeding: found null/,
    ],
    ['a number', 7, /^facts: found 7; allowed: an object\n$/],
    ['text', 'facts!', /^facts: found text that is not JSON .*; allowed: one fact sheet, or a list of them\n$/],
  ])('%s is refused with its path, status 2 and no answer', async (_case, input, line) => {
    const { status, out, err } = await screenInput(input);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(line);
  });

  test('every problem has a line of its own', async () => {
    const { err } = await screenInput([{ ...HEALTHY_FACTS, avm: 1, dast10: 11 }, 5]);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['facts[0].avm', 'facts[0].dast10', 'facts[1]']);
  });

  test.each([
    [['--facts', '/no/such/file.json'], 'facts: found no such file at "/no/such/file.json"; allowed: a JSON file\n'],
    [[], '--facts: missing; allowed: a JSON file, or - for standard input\n'],
    [['--sheet', '-'], "options: Unknown option '--sheet'; one of --facts, --clinic, --help\n"],
  ])('called with %j it says what is wrong', async (args, line) => {
    expect(await screenInput(HEALTHY_FACTS, args)).toEqual({ status: 2, out: '', err: line });
  });

  test.skipIf(!existsSync(CASES))('every acceptance case agrees (skipped where they are not at hand)', async () => {
    const cases = JSON.parse(readFileSync(CASES, 'utf8'));
    const { out } = await screenInput(cases.map(({ facts }: { facts: unknown }) => facts));
    expect(JSON.parse(out)).toMatchObject(
      cases.map(({ expected }: { expected: Record<string, unknown> }) => ({
        disposition: expected.disposition,
        reasons: [...(expected.reasons as string[])].sort(),
        reasonOutcomes: expected.reason_outcomes,
        ...(expected.notes !== undefined && { notes: [...(expected.notes as string[])].sort() }),
      })),
    );
    expect(cases.length).toBeGreaterThanOrEqual(9);
  });
});
