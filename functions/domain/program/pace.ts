import type { Program } from './program.ts';

/** The program as it is in a stage of its series, counted from 0: the stage's own spacing, where it has one, stands in for the series'. */
export const inStage = (program: Program, stage: number): Program => {
  const spacing = program.series.stages[stage]?.spacing;
  return spacing === undefined ? program : { ...program, series: { ...program.series, spacing } };
};
