import { LONGEST_ADDRESS, linkAddress } from '../links/address.ts';
import type { Language, TaskKind } from '../names.ts';
import { DIGEST_PARTS } from '../tasks/digest.ts';
import { formatMoment, type MessageValues } from './values.ts';

const DAY_MS = 86_400_000;

const longestInstants = new Map<Language, string>();

/** The instant of a year that takes the most characters, two digits in hour and day (`Wed, Jan 12, 12:30 PM`). */
const longestInstant = (language: Language): string => {
  const known = longestInstants.get(language);
  if (known !== undefined) return known;
  const days = Array.from({ length: 366 }, (_, day) =>
    new Date(Date.UTC(2028, 0, 1, 12, 30) + day * DAY_MS).toISOString(),
  );
  const lengthOf = (instant: string) => formatMoment(instant, language, 'UTC').length;
  const longest = days.reduce((so, instant) => (lengthOf(instant) > lengthOf(so) ? instant : so));
  longestInstants.set(language, longest);
  return longest;
};

/** The longest values that a text must still fit with, unless the clinic's own are given. */
export type LongestValues = {
  readonly clinicName: string;
  readonly clinicPhone: string;
  readonly place: string;
  readonly link: string;
  readonly taskId: string;
};

/** A name of 20 characters, a place of 24, a link at the longest address, a task's id of 26. */
export const LONGEST: LongestValues = {
  clinicName: 'Cedar Street Clinics',
  clinicPhone: '+12065550100',
  place: '1200 Cedar Street, Floor',
  link: linkAddress('https://my.cedar.example'.padEnd(LONGEST_ADDRESS, 's'), 'Ab3xYZ012345678901234A'),
  taskId: 'psychological-clearance-12',
};

/** Every value as long as it gets: a text that fits with these fits always. */
export const longestValues = (language: Language, taskKind: TaskKind, longest: LongestValues): MessageValues => {
  const instant = longestInstant(language);
  return {
    ...longest,
    zone: 'UTC',
    firstName: 'Maximiliana',
    startsAt: instant,
    endsAt: instant,
    oldStartsAt: instant,
    pickUpAt: instant,
    oldPickUpAt: instant,
    dueAt: instant,
    modality: 'in-person',
    taskKind,
    digest: DIGEST_PARTS.map((part) => ({ part, kind: taskKind, taskId: longest.taskId, dueAt: instant })),
  };
};
