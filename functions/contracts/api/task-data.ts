import * as z from 'zod';
import type { CareRules } from '../../domain/care/care-rules.ts';
import type { Clinic } from '../../domain/clinic/clinic.ts';
import { asksScreening } from '../../domain/links/by-link.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import type { TaskKind } from '../../domain/names.ts';
import { offerOf } from '../../domain/partners/offer.ts';
import type { Program } from '../../domain/program/program.ts';
import { routesOf } from '../../domain/program/routes.ts';
import { FactSheet, ScreenerFacts } from '../../domain/screening/facts.ts';
import { PatientFacts } from '../../domain/screening/patient-facts.ts';
import { isScreener } from '../../domain/tasks/ask.ts';
import * as dosing from './dosing-data.ts';
import { instantGiven, oneOf } from './worded.ts';

/** What the record of a task depends on besides its kind. */
export type RecordContext = {
  readonly about: string | undefined;
  readonly program: Program;
  readonly clinic: Pick<Clinic, 'practitioners'>;
  readonly care: Pick<CareRules, 'dosingDay' | 'followUp'>;
  /** The questionnaire that is asked for. */
  readonly measure: Measure | undefined;
};

const startsAt = instantGiven;
const start = z.strictObject({ startsAt });

/** The questions of a form with its own words, and the notice that its holder asks for beside them. */
const answersTo = ({ items, answers, stem, licence: { notice } }: Measure) =>
  z
    .strictObject(
      Object.fromEntries(
        items.map(({ id, text, options = answers.options }) => {
          const values = (options ?? []).map(({ value, text: words }) => [value, words ?? String(value)] as const);
          const answer = values.length === 0 ? z.int().min(answers.min).max(answers.max) : oneOf(values);
          return [id, answer.meta(text === undefined ? {} : { title: text }).optional()];
        }),
      ),
    )
    .meta({ ...(stem !== undefined && { title: stem }), ...(notice !== undefined && { description: notice }) });

const therapistsOf = ({ practitioners }: RecordContext['clinic'], isWanted: (practice?: string) => boolean) =>
  oneOf(
    practitioners
      .filter(({ roles, partner }) => roles.includes('therapist') && isWanted(partner))
      .map(({ id, name }) => [id, name]),
  );

/** What belongs into the record beside an answer, by kind of task; a kind that is not here asks for nothing more. */
const TASK_DATA: Readonly<Partial<Record<TaskKind, (context: RecordContext) => z.ZodRawShape>>> = {
  'book-appointment': () => ({ startsAt }),
  'book-pair': () => ({ dosing: start, integration: start }),
  'integration-overdue': () => ({ startsAt }),
  'answer-screening': () => ({ facts: FactSheet.partial() }),
  rescreen: ({ about }) => ({
    facts: (isScreener({ kind: 'rescreen', about }) ? ScreenerFacts : FactSheet).partial(),
  }),
  'medical-clearance': ({ program }) => ({ route: z.enum(routesOf(program)) }),
  'place-patient': ({ clinic }) => ({ therapist: therapistsOf(clinic, () => true) }),
  'partner-offer': ({ clinic, about }): z.ZodRawShape =>
    about === undefined ? {} : { therapist: therapistsOf(clinic, (practice) => practice === offerOf(about).partner) },
  'dose-order': dosing.doseOrder,
  'dosing-day-check': dosing.dosingDayCheck,
  'record-dose': dosing.recordDose,
  discharge: dosing.discharge,
  'next-day-check-in': dosing.nextDayCheckIn,
  'complete-readings': dosing.completeReadings,
  'record-integration': ({ program }) =>
    Object.fromEntries(program.integration.template.map((field) => [field, z.string().max(20_000)])),
  'answer-measure': ({ measure }): z.ZodRawShape => ({
    ...(measure !== undefined && { answers: answersTo(measure) }),
    total: z
      .int()
      .min(measure?.min ?? 0)
      .max(measure?.max ?? 1_000),
  }),
  'next-step': () => ({ doses: z.int().min(1).max(100) }),
  'liver-test': () => ({ altAstXUln: FactSheet.shape.alt_ast_x_uln.unwrap() }),
  'outcome-summary': ({ care }) => ({
    done: z.array(oneOf(care.followUp.completion.map(({ id, text }) => [id, text]))),
  }),
};

/** The record of a task, every part of which may be missing: what has to be there is the rules' to say, by the answer. */
export const taskData = (kind: TaskKind, context: RecordContext): z.ZodObject =>
  z.strictObject(TASK_DATA[kind]?.(context) ?? {}).partial();

/** What a link asks beside an answer: the questions of a form with the words that it has; of the screening what a patient can say of themselves, and the PHQ-9. */
export const linkData = (kind: TaskKind, measure: Measure | undefined): z.ZodObject => {
  const items = measure === undefined ? undefined : answersTo(measure);
  if (asksScreening({ kind })) return z.strictObject({ facts: PatientFacts, ...(items && { phq9: items }) }).partial();
  return z.strictObject(items === undefined ? {} : { answers: items }).partial();
};
