import fc from 'fast-check';
import { ACUTE_SYMPTOMS, FactSheet, MEDICINE_CLASSES } from '../../../functions/domain/screening/facts.ts';

const { shape } = FactSheet;

/** An answer of those that the sheet allows; mostly the one that raises nothing, so that single rules show too. */
const mostly = <T>(usual: T, others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const oneOf = <T extends string>(field: { readonly options: readonly T[] }, usual: NoInfer<T>) =>
  mostly(usual, field.options);

const tri = mostly<'yes' | 'no' | 'unknown'>('no', ['yes', 'no', 'unknown']);
/** Whole numbers that crowd around the thresholds of the table. */
const near = (min: number, max: number, ...thresholds: number[]) =>
  fc.oneof(
    fc.integer({ min, max }),
    fc
      .constantFrom(...thresholds)
      .chain((at) => fc.integer({ min: Math.max(min, at - 1), max: Math.min(max, at + 1) })),
  );
const nearly = (max: number, at: number) =>
  fc.oneof(
    fc.double({ min: 0, max, noNaN: true }),
    fc.constantFrom(at, at - 0.1, at + 0.1, at - Number.EPSILON * 4, at + Number.EPSILON * 4),
  );
const orOpen = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 5 });
const answer = fc.oneof(
  { weight: 5, arbitrary: fc.constant(false) },
  { weight: 2, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const rarely = mostly(false, [true, false]);

/** Whole random fact sheets, every key of the reference's list with every value that it allows. */
export const sheets: fc.Arbitrary<FactSheet> = fc.record({
  age_years: near(0, 100, 18, 25, 65),
  pregnancy_potential: fc.boolean(),
  pregnancy_status: oneOf(shape.pregnancy_status, 'na'),
  breastfeeding: rarely,
  hypersensitivity_ketamine: tri,
  aneurysmal_disease: tri,
  avm: tri,
  intracerebral_hemorrhage: tri,
  raised_icp: tri,
  cv_event_ever: tri,
  cv_event_days_ago: fc.option(near(0, 5000, 42, 183), { freq: 3 }),
  unstable_cardiac: tri,
  ischemic_stroke_tia_ever: tri,
  sbp: near(80, 230, 140, 180),
  dbp: near(40, 140, 90, 100),
  acute_symptoms: fc.constantFrom(0, 0, 0, 2).chain((maxLength) => fc.subarray([...ACUTE_SYMPTOMS], { maxLength })),
  preeclampsia_current: tri,
  thyroid: oneOf(shape.thyroid, 'normal'),
  glaucoma: oneOf(shape.glaucoma, 'none'),
  liver: oneOf(shape.liver, 'none'),
  alt_ast_x_uln: orOpen(nearly(10, 3)),
  egfr: orOpen(near(0, 130, 30)),
  seizure: oneOf(shape.seizure, 'none'),
  osa: fc.constantFrom(...shape.osa.options),
  bmi: fc.oneof(fc.double({ min: 12, max: 70, noNaN: true }), fc.constantFrom(34.9, 35, 35.1)),
  stop_bang: orOpen(near(0, 8, 5)),
  severe_respiratory: tri,
  cystitis_history: tri,
  luts_current: tri,
  porphyria: tri,
  dissociative_disorder: tri,
  psychosis: oneOf(shape.psychosis, 'none'),
  mania: oneOf(shape.mania, 'none'),
  cognitive: oneOf(shape.cognitive, 'none'),
  capacity: mostly<'yes' | 'no' | 'unknown'>('yes', ['yes', 'no', 'unknown']),
  sud: oneOf(shape.sud, 'none'),
  ketamine_pcp_use_disorder: oneOf(shape.ketamine_pcp_use_disorder, 'none'),
  intoxicated_or_withdrawal: rarely,
  uds_unexplained_positive: orOpen(rarely),
  audit_c: near(0, 12, 3, 4),
  sex_for_audit_c: fc.constantFrom('F', 'M', 'X'),
  dast10: near(0, 10, 1, 3),
  meds: fc.subarray([...MEDICINE_CLASSES], { maxLength: 6 }),
  benzo_lorazepam_eq_mg_day: nearly(8, 3),
  phq9_total: fc.integer({ min: 0, max: 27 }),
  phq9_item9: orOpen(fc.integer({ min: 0, max: 3 })),
  cssrs_completed: mostly(true, [false]),
  cssrs_q1: answer,
  cssrs_q2: answer,
  cssrs_q3: answer,
  cssrs_q4: answer,
  cssrs_q5: answer,
  cssrs_q6: answer,
  cssrs_q6_recent: answer,
  indication: oneOf(shape.indication, 'trd'),
  route_planned: fc.constantFrom(...shape.route_planned.options),
  setting: oneOf(shape.setting, 'clinic'),
});
