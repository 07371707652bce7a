import { type LocalDate, plusDays, weekday } from './local.ts';

const isBusinessDay = (date: LocalDate, holidays: readonly LocalDate[]): boolean =>
  weekday(date) !== 'sat' && weekday(date) !== 'sun' && !holidays.includes(date);

/** The date so many business days later (Monday to Friday, no holiday); the day itself does not count. */
export const plusBusinessDays = (from: LocalDate, days: number, holidays: readonly LocalDate[]): LocalDate => {
  let date = from;
  for (let left = days; left > 0; ) {
    date = plusDays(date, 1);
    if (isBusinessDay(date, holidays)) left -= 1;
  }
  return date;
};

/** How many business days lie ahead of `from` up to and including `to`; 0 where `to` is not later. */
export const businessDaysAhead = (from: LocalDate, to: LocalDate, holidays: readonly LocalDate[]): number => {
  let count = 0;
  for (let date = plusDays(from, 1); date <= to; date = plusDays(date, 1))
    if (isBusinessDay(date, holidays)) count += 1;
  return count;
};
