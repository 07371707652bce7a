import * as z from 'zod';
import { InputRefused } from '../problems.ts';
import { distinct, slug } from '../program/values.ts';
import type { Clinic } from './clinic.ts';
import { localDate, type WeekHours, weekHours } from './time.ts';

const daysOff = z.array(localDate).max(400).refine(distinct, 'names a date twice; each once');
const person = z.strictObject({ id: slug, hours: weekHours, holidays: daysOff });

/** When the clinic is open, when its people work, and who takes the on-call turns, in their order: what changes from week to week. */
export const Timetable = z.strictObject({
  hours: weekHours,
  holidays: daysOff,
  onCall: z.array(slug).min(1).max(100),
  practitioners: z.array(person).max(1_000),
});
export type Timetable = z.infer<typeof Timetable>;

/** What of a timetable is not as the clinic's file has it. */
export const ChangedTimetable = z.strictObject({
  hours: z.exactOptional(weekHours),
  holidays: z.exactOptional(daysOff),
  onCall: z.exactOptional(Timetable.shape.onCall),
  practitioners: Timetable.shape.practitioners,
});
export type ChangedTimetable = z.infer<typeof ChangedTimetable>;

/** The timetable of a clinic as it stands. */
export const timetableOf = ({ hours, holidays, onCall, practitioners }: Clinic): Timetable => ({
  hours,
  holidays,
  onCall,
  practitioners: practitioners.map((each) => ({ id: each.id, hours: each.hours, holidays: each.holidays })),
});

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, n) => each === b[n]);
const sameHours = (a: WeekHours, b: WeekHours): boolean =>
  JSON.stringify(weekHours.parse(a)) === JSON.stringify(weekHours.parse(b));

/** What a timetable changes of the clinic's file; whoever it leaves out keeps the hours of the file. Throws InputRefused with every problem. */
export const changedFrom = (clinic: Clinic, wanted: Timetable, root: string): ChangedTimetable => {
  const ids = clinic.practitioners.map(({ id }) => id);
  const isKnown = (id: string): boolean => ids.includes(id);
  const known = `allowed: ${ids.join(', ')}`;
  const problems = [
    ...wanted.onCall.flatMap((id, n) => (isKnown(id) ? [] : [`${root}.onCall[${n}]: found "${id}"; ${known}`])),
    ...wanted.practitioners.flatMap(({ id }, n) => {
      const at = `${root}.practitioners[${n}].id: found "${id}"`;
      if (!isKnown(id)) return [`${at}; ${known}`];
      return wanted.practitioners.findIndex((each) => each.id === id) < n
        ? [`${at} a second time; allowed: each once`]
        : [];
    }),
  ];
  if (problems.length > 0) throw new InputRefused(problems);
  return {
    ...(!sameHours(wanted.hours, clinic.hours) && { hours: wanted.hours }),
    ...(!sameList(wanted.holidays, clinic.holidays) && { holidays: wanted.holidays }),
    ...(!sameList(wanted.onCall, clinic.onCall) && { onCall: wanted.onCall }),
    practitioners: wanted.practitioners.filter(({ id, hours, holidays }) =>
      clinic.practitioners.some(
        (each) => each.id === id && !(sameHours(hours, each.hours) && sameList(holidays, each.holidays)),
      ),
    ),
  };
};

/**
 * The clinic with what was changed of its timetable. Its file may have changed since: people who left it are passed over, and where
 * nobody is left for the on-call turns the file's own hold.
 */
export const withTimetable = (clinic: Clinic, changed: ChangedTimetable): Clinic => {
  const own = new Map(changed.practitioners.map((each) => [each.id, each]));
  const onCall = changed.onCall?.filter((id) => clinic.practitioners.some((each) => each.id === id)) ?? [];
  return {
    ...clinic,
    hours: changed.hours ?? clinic.hours,
    holidays: changed.holidays ?? clinic.holidays,
    onCall: onCall.length > 0 ? onCall : clinic.onCall,
    practitioners: clinic.practitioners.map((each) => ({ ...each, ...own.get(each.id) })),
  };
};
