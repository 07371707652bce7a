import { MEASURE_IDS, type MeasureId } from '../names.ts';

/** The instrument that an answer-measure task asks for, e.g. phq9 in `phq9-week-2`: also one that the program no longer knows. */
export const measureAsked = (about: string): MeasureId | undefined =>
  MEASURE_IDS.filter((id) => about === id || about.startsWith(`${id}-`)).toSorted((a, b) => b.length - a.length)[0];
