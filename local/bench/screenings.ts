import { type FactSheet, HEALTHY_FACTS, MEDICINE_CLASSES } from '../../functions/domain/screening/facts.ts';
import { parseRuleset } from '../../functions/domain/screening/ruleset.ts';
import { screen } from '../../functions/domain/screening/screen.ts';
import { programFile } from '../clinical/program-file.ts';

/** What a run of screenings took, and how many of its sheets each disposition had. */
export type Screened = {
  readonly screenings: number;
  readonly seconds: number;
  readonly dispositions: Readonly<Record<string, number>>;
};

/** Sheets that differ: from nothing to report to many rules at once, with readings on both sides of the thresholds. */
const sheet = (n: number): FactSheet => ({
  ...HEALTHY_FACTS,
  age_years: 17 + (n % 53),
  sbp: 110 + (n % 79),
  dbp: 60 + (n % 43),
  cv_event_ever: n % 7 === 0 ? 'yes' : 'no',
  cv_event_days_ago: n % 7 === 0 ? n % 400 : null,
  cssrs_q1: n % 5 === 0,
  cssrs_q4: n % 97 === 0,
  meds: MEDICINE_CLASSES.filter((_, at) => (n >> (at % 11)) % 4 === 3),
  bmi: 20 + (n % 25),
});

/** Screens so many different fact sheets in this process, one after the other. */
export const runScreenings = async (screenings: number): Promise<Screened> => {
  const ruleset = parseRuleset(await programFile('screening/kap-screening.json'));
  const sheets = Array.from({ length: screenings }, (_, n) => sheet(n));
  const dispositions: Record<string, number> = {};
  const began = performance.now();
  for (const facts of sheets) {
    const { disposition } = screen(facts, ruleset);
    dispositions[disposition] = (dispositions[disposition] ?? 0) + 1;
  }
  return { screenings, seconds: (performance.now() - began) / 1000, dispositions };
};

/** The run as a line to read. */
export const screeningsLine = ({ screenings, seconds, dispositions }: Screened): string =>
  `${screenings} screenings in ${seconds.toFixed(2)} s, ${((seconds / screenings) * 1e6).toFixed(1)} µs each: ${Object.entries(
    dispositions,
  )
    .toSorted()
    .map(([disposition, count]) => `${count} ${disposition}`)
    .join(', ')}`;
