import type { Indication } from '../names.ts';
import type { Program } from '../program/program.ts';
import type { ScreeningResult } from './screen.ts';

/** What a clinic is set up for beyond its programs. */
type Settings = { readonly substanceUseCare: boolean };

type Flag = {
  readonly why: string;
  readonly reason: string;
  readonly outcome: 'review' | 'ineligible';
  readonly override: 'provider' | 'medical-director';
};

/** How a reason of the program itself is called among the rules of its table. */
const PROGRAM_RULE = 'program';

const flagOf = ({ fit }: Pick<Program, 'fit'>, indication: Indication, settings: Settings): Flag | undefined => {
  if (fit.indications === undefined) return undefined;
  const offered = fit.indications.find((each) => each.indication === indication);
  if (offered === undefined)
    return {
      reason: 'INDICATION_NOT_OFFERED',
      outcome: 'review',
      override: 'provider',
      why: 'The program does not name what the patient comes for.',
    };
  if (offered.onlyWith === 'substance-use-care' && !settings.substanceUseCare)
    return {
      reason: 'SETTING_NOT_APPROPRIATE',
      outcome: 'ineligible',
      override: 'medical-director',
      why: 'The program treats this only with substance-use care, which the clinic does not offer.',
    };
  return offered.review === undefined
    ? undefined
    : {
        reason: `${indication.toUpperCase()}_REVIEW`,
        outcome: 'review',
        override: offered.review,
        why: 'The program asks for a further review of what the patient comes for.',
      };
};

const GRAVER: Readonly<Record<Flag['outcome'], readonly string[]>> = {
  review: ['eligible'],
  ineligible: ['eligible', 'review'],
};

/**
 * Adds what the program itself says about the patient's indication to what the table found: one that it does not name is
 * for the prescriber to judge, some need a further review, some an appropriate setting. A program without a list takes all.
 * A reason for coming that has only early evidence is noted for whoever clears the patient.
 */
export const withIndication = (
  found: ScreeningResult,
  program: Pick<Program, 'fit'>,
  { indication, reasons }: { readonly indication: Indication; readonly reasons: readonly string[] },
  settings: Settings,
): ScreeningResult => {
  const flag = flagOf(program, indication, settings);
  const early = program.fit.earlyEvidence?.some((each) => reasons.includes(each)) === true;
  const notes = early ? [...new Set([...found.notes, 'EARLY_EVIDENCE'])].toSorted() : found.notes;
  if (flag === undefined) return { ...found, notes };
  const { reason, outcome, why } = flag;
  return {
    ...found,
    notes,
    disposition: GRAVER[flag.outcome].includes(found.disposition) ? flag.outcome : found.disposition,
    reasons: [...new Set([...found.reasons, flag.reason])].toSorted(),
    reasonOutcomes: { ...found.reasonOutcomes, [flag.reason]: flag.outcome },
    overrides: { ...found.overrides, [flag.reason]: flag.override },
    fired: [...found.fired, { rule: PROGRAM_RULE, reason, outcome, why, source: [], inputs: { indication } }],
  };
};
