import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import { routeShortfalls } from '../../functions/domain/dosing/route-standards.ts';
import { followUpShortfalls } from '../../functions/domain/follow-up/program-shortfalls.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import { unmetNeeds } from '../../functions/domain/program/staffing.ts';
import { bundledData } from '../../functions/stores/bundled-library.ts';
import { careRules } from '../../functions/stores/care-rules.ts';
import type { paint } from '../rehearsal/style.ts';
import { type Section, sectionsOf } from './sections.ts';
import { toConfirm } from './to-confirm.ts';

const RULE = 72;
const heading = (title: string): string => `── ${title} ${'─'.repeat(Math.max(3, RULE - title.length))}`;

const toConfirmBy = (program: Program): Section => {
  const open = toConfirm(program);
  return {
    title: 'To be confirmed by the clinic before anybody is enrolled',
    sentences: open.length === 0 ? ['Nothing: every figure has a source.'] : open,
  };
};

const ofClinic = (program: Program, clinic: Clinic): Section => {
  const lacks = unmetNeeds(program, clinic);
  return {
    title: 'The clinic',
    sentences: lacks.length === 0 ? [`${clinic.name} has the people and the rooms for it.`] : lacks,
  };
};

/** Where the program asks less than the rules of care, which hold for every program; one line each, with the path. Nothing to say: no part. */
const warnings = (program: Program): Section[] => {
  const { dosingDay, followUp } = careRules();
  const found = [
    ...routeShortfalls(program, dosingDay),
    ...followUpShortfalls(program, followUp, bundledData().measures),
  ];
  return found.length === 0 ? [] : [{ title: 'Warnings: less than the rules of care ask', sentences: found }];
};

/** What a program promises, to read: its parts in plain sentences, what the clinic lacks for it, every figure that it has to confirm, and where it asks less than the rules of care. */
export const printProgram = (program: Program, clinic: Clinic, style: ReturnType<typeof paint>): string => {
  const sections = [...sectionsOf(program), ofClinic(program, clinic), toConfirmBy(program), ...warnings(program)];
  const lines = [
    style.bold(program.title),
    `${program.id} version ${program.version}`,
    ...sections.flatMap(({ title, sentences }) => [
      '',
      style.head(heading(title)),
      ...sentences.map((each) => `  ${each}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
};
