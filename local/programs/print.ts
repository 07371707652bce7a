import type { Program } from '../../functions/domain/program/program.ts';
import type { paint } from '../rehearsal/style.ts';
import { sectionsOf } from './sections.ts';
import { toConfirm } from './to-confirm.ts';

const RULE = 72;
const heading = (title: string): string => `── ${title} ${'─'.repeat(Math.max(3, RULE - title.length))}`;

const CONFIRM = 'To be confirmed by the clinic before anybody is enrolled';

/** What a program promises, to read: its parts in plain sentences, then every figure that the clinic has to confirm. */
export const printProgram = (program: Program, style: ReturnType<typeof paint>): string => {
  const open = toConfirm(program);
  const sections = [
    ...sectionsOf(program),
    { title: CONFIRM, sentences: open.length === 0 ? ['Nothing: every figure has a source.'] : open },
  ];
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
