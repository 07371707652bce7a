import type { Program } from '../../functions/domain/program/program.ts';
import { figuresToConfirm } from '../../functions/domain/program/provenance.ts';
import { approximateSeconds } from '../../functions/domain/program/values.ts';
import { span } from './wording.ts';

const inWords = (value: unknown): string => {
  const text = String(value);
  if (Number.isNaN(approximateSeconds(text))) return text;
  return text.startsWith('-') ? `${span(text)} before` : span(text);
};

const inBrackets = (parts: readonly (string | undefined)[]): string => {
  const found = parts.filter((each) => each !== undefined);
  return found.length === 0 ? '' : ` (${found.join('; ')})`;
};

/** The place of a value in a list, which says nothing beside it. */
const PLACE = /(^|\.)\d+$/;

/** One line for each entry of the provenance that leaves figures to the clinic: the entry, its figures, what is known of them. */
export const toConfirm = (program: Program): string[] =>
  figuresToConfirm(program).map(({ entry, origin, figures }) => {
    const each = figures.map(({ path, value }) => `${path.replace(PLACE, '')} ${inWords(value)}`.trim());
    return `${entry}: ${each.join(', ')}${inBrackets([origin.source?.join(' '), origin.note])}`;
  });
