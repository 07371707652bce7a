import { readFileSync } from 'node:fs';
import { type FactSheet, HEALTHY_FACTS } from '../../../functions/domain/screening/facts.ts';
import { parseRuleset } from '../../../functions/domain/screening/ruleset.ts';
import type { ScreeningResult } from '../../../functions/domain/screening/screen.ts';

export const readProgramFile = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../programs/${file}`, import.meta.url), 'utf8'));

export const ruleset = parseRuleset(readProgramFile('screening/kap-screening.json'));

/** The healthy adult with some facts changed. */
export const healthyBut = (facts: Partial<FactSheet>): FactSheet => ({ ...HEALTHY_FACTS, ...facts });

/** The ids of the rules that fired, in the order of the table. */
export const idsOf = ({ fired }: Pick<ScreeningResult, 'fired'>): string[] => fired.map(({ rule }) => rule);
