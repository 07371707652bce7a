import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import { unmetNeeds } from '../../functions/domain/program/staffing.ts';
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

/** What a program promises, to read: its parts in plain sentences, what the clinic lacks for it, and every figure that it has to confirm. */
export const printProgram = (program: Program, clinic: Clinic, style: ReturnType<typeof paint>): string => {
  const sections = [...sectionsOf(program), ofClinic(program, clinic), toConfirmBy(program)];
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
