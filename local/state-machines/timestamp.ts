// ISO-8601 extended offset date-time. Recorded on AWS: a blank for the T, no offset, month 13 and hour 25 are refused; nanoseconds are not.
const FORM =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):(\d{2})(?::\d{2})?)$/;

/** The instant of an ISO-8601 extended offset date-time in milliseconds, or undefined for any other text. */
export const parseTimestamp = (text: string): number | undefined => {
  const found = FORM.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const millis = Number((found[7] ?? '').padEnd(3, '0').slice(0, 3));
  const at = Date.UTC(year, month - 1, day, hour, minute, second, millis);
  const date = new Date(at);
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  const offset = (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0)) * 60_000;
  if (!isReal || offset > 18 * 3_600_000) return undefined;
  return found[8] === '-' ? at + offset : at - offset;
};
