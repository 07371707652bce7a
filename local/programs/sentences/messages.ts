import type { Program } from '../../../functions/domain/program/program.ts';
import { capital } from '../../rehearsal/phrases.ts';
import { CHANNEL_WORDS, plain } from '../../rehearsal/words.ts';
import { ANCHOR_NAMES, MESSAGE_NAMES, slugs } from '../names.ts';
import { offsetFrom } from '../wording.ts';

type Notice = Pick<
  Program['reminders'][number],
  'id' | 'message' | 'audience' | 'anchor' | 'offset' | 'at' | 'usefulUntil' | 'channels'
>;

const UNLESS = {
  'integration-done': 'not where the integration has taken place',
  'form-answered': 'not where the form is answered',
} as const;

const sentence = ({ id, message, audience, anchor, offset, at, usefulUntil, channels }: Notice): string =>
  `${capital(offsetFrom(offset, ANCHOR_NAMES[anchor]))}${at === undefined ? '' : ` at ${at}`} the ${audience} gets ${MESSAGE_NAMES[message] ?? `the message “${plain(message)}”`} by ${channels.map((each) => CHANNEL_WORDS[each]).join(', else by ')} (${id}); of no use any more ${offsetFrom(usefulUntil, ANCHOR_NAMES[anchor])}`;

export const reminders = ({ reminders: list }: Program): string[] =>
  list.map((each) => `${sentence(each)}${each.unless === undefined ? '' : `; ${UNLESS[each.unless]}`}.`);

export const education = ({ education: list }: Program): string[] =>
  list.map(
    (each) =>
      `${sentence(each)}. It is about ${slugs(each.topics).join(', ')}${each.links === undefined ? '' : `; links: ${each.links.map(({ title, url }) => `${title} (${url})`).join(', ')}`}.`,
  );
