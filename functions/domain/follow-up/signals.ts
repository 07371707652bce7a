import type { FollowUpRules } from './rules.ts';

/** What signs after a dose call for, all of them together (reference 5). */
export type CalledFor = {
  /** Reasons for which the next dose is held, in the order of the rules. */
  readonly holds: string[];
  readonly voidsClearance: boolean;
  readonly asks: string[];
  /** Whether a clinician has to see the patient on the same working day. */
  readonly sameDay: boolean;
  /** Signs that no rule knows: a clinician reads them, nobody lets them pass. */
  readonly unknown: string[];
};

/** Reads signs against the rules: every rule that one of them meets counts. */
export const calledForBy = (signs: readonly string[], { signals }: Pick<FollowUpRules, 'signals'>): CalledFor => {
  const met = signals.filter((signal) => signal.signs.some((sign) => signs.includes(sign)));
  const known = new Set(signals.flatMap((signal) => signal.signs));
  return {
    holds: met.filter(({ holds }) => holds).map(({ id }) => id),
    voidsClearance: met.some(({ voidsClearance }) => voidsClearance),
    asks: [...new Set(met.flatMap(({ asks }) => asks))],
    sameDay: met.some(({ sameDay }) => sameDay === true),
    unknown: signs.filter((sign) => !known.has(sign)),
  };
};

/** The sign that readings of a session are: a pressure at the line at which the prescriber comes to the bedside, or symptoms of it. */
export const pressureSigns = (
  highest: { readonly sbp: number; readonly dbp: number },
  symptomatic: boolean,
  alerts: { readonly sbp: number; readonly dbp: number },
): string[] => (symptomatic || highest.sbp >= alerts.sbp || highest.dbp >= alerts.dbp ? ['severe-pressure'] : []);
