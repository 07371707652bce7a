import type { Program } from '../../functions/domain/program/program.ts';
import * as care from './sentences/care.ts';
import * as dosing from './sentences/dosing.ts';
import { gates } from './sentences/gates.ts';
import * as intake from './sentences/intake.ts';
import * as measuring from './sentences/measuring.ts';
import * as messages from './sentences/messages.ts';
import { review, series } from './sentences/series.ts';

/** One part of what a program promises, with its sentences. */
export type Section = { readonly title: string; readonly sentences: readonly string[] };

/** The parts in the order in which a patient meets them, and who says them. */
export const PARTS: readonly (readonly [title: string, say: (program: Program) => string[]])[] = [
  ['In the clinic’s words', intake.promises],
  ['The way', intake.way],
  ['Consult', intake.consult],
  ['Referral', intake.referral],
  ['Screening', intake.screening],
  ['Clearances', intake.clearances],
  ['Therapist', intake.therapist],
  ['Plan and consents', intake.plan],
  ['Preparation', intake.preparation],
  ['Series', series],
  ['Reviews between doses', review],
  ['Dosing session', dosing.dosing],
  ['Monitoring', dosing.monitoring],
  ['Discharge', dosing.discharge],
  ['After the dose', care.aftercare],
  ['Integration', care.integration],
  ['Questionnaires', measuring.measures],
  ['Reminders', messages.reminders],
  ['To read', messages.education],
  ['Who is asked', measuring.work],
  ['Costs', measuring.costs],
  ['After the series', care.afterwards],
  ['What has to hold before each step', gates],
];

/** Everything that a program promises, in the order in which a patient meets it; parts that say nothing are left out. */
export const sectionsOf = (program: Program): Section[] =>
  PARTS.map(([title, say]) => ({ title, sentences: say(program) })).filter(({ sentences }) => sentences.length > 0);
