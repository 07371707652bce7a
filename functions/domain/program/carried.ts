import type { Program } from './program.ts';

/** Ids of what stands beside the programs. */
type AtHand = { readonly rulesets: readonly string[]; readonly measures: readonly string[] };

/** Why a program cannot be carried out with what is at hand: a rule table or a questionnaire that is not there. One line each. */
export const notAtHand = ({ id, screening, measures }: Program, { rulesets, measures: known }: AtHand): string[] => [
  ...(rulesets.includes(screening.ruleset)
    ? []
    : [`${id}.screening.ruleset: unknown rule table "${screening.ruleset}"; one of ${rulesets.join(', ')}`]),
  ...measures.flatMap((measure, n) =>
    known.includes(measure.id)
      ? []
      : [`${id}.measures[${n}].id: nobody can answer "${measure.id}", it has no file; one of ${known.join(', ')}`],
  ),
];
