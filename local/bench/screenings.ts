import { type FactSheet, HEALTHY_FACTS, MEDICINE_CLASSES } from '../../functions/domain/screening/facts.ts';
import { parseRuleset } from '../../functions/domain/screening/ruleset.ts';
import { screen } from '../../functions/domain/screening/screen.ts';
import { programFile } from '../clinical/program-file.ts';

/** What a run of screenings took, by the clock and of the processor, and how many of them had each disposition. */
export type Screened = {
  readonly screenings: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
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

/** So many different sheets, screened again and again: what is measured is the screening, and not the memory for sheets. */
const DIFFERENT = 5000;

/** Screens so many fact sheets in this process, one after the other. */
export const runScreenings = async (screenings: number): Promise<Screened> => {
  const ruleset = parseRuleset(await programFile('screening/kap-screening.json'));
  const sheets = Array.from({ length: Math.min(screenings, DIFFERENT) }, (_, n) => sheet(n));
  const dispositions: Record<string, number> = {};
  const began = performance.now();
  const used = process.cpuUsage();
  for (let n = 0; n < screenings; n += 1) {
    const facts = sheets[n % sheets.length];
    if (facts === undefined) break;
    const { disposition } = screen(facts, ruleset);
    dispositions[disposition] = (dispositions[disposition] ?? 0) + 1;
  }
  const { user, system } = process.cpuUsage(used);
  return {
    screenings,
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (user + system) / 1e6,
    dispositions,
  };
};

/** The run as a line to read. */
export const screeningsLine = ({ screenings, seconds, cpuSeconds, dispositions }: Screened): string =>
  `${screenings} screenings in ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of the processor), ${((seconds / screenings) * 1e6).toFixed(1)} µs each: ${Object.entries(
    dispositions,
  )
    .toSorted()
    .map(([disposition, count]) => `${count} ${disposition}`)
    .join(', ')}`;
