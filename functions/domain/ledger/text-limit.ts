import type { Policy } from '../clinic/policy.ts';
import type { Message } from '../journey/message.ts';
import type { Instant } from '../time/instants.ts';
import { localDate, plusDays } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';

const WEEK = 7;

const isText = ({ to, channel }: Message): boolean => to === 'patient' && channel === 'sms';

/** What goes out whatever was sent before: safety, changes of the same day and the one confirmation of a STOP. */
const mustGo = ({ class: kind, kind: message }: Message): boolean =>
  kind === 'safety' || message === 'stop-confirmation';

/**
 * Whether one text more today would be too many for a clinic that relies on the healthcare exemption (reference 6.4): by dates of
 * the patient's zone, over any seven days. Texts of safety are counted, and never kept back. A clinic that has the patient's consent to texts relies on that, and has no limit.
 */
export const isOverTextLimit = (
  message: Message,
  sent: readonly Message[],
  { policy, zone, now }: { readonly policy: Policy['sms']; readonly zone: Zone; readonly now: Instant },
): boolean => {
  if (!policy.healthcareExemption || !isText(message) || mustGo(message)) return false;
  const today = localDate(now, zone);
  const dates = sent
    .filter((each) => isText(each) && each.claimedAt !== null && each.state !== 'skipped')
    .map(({ claimedAt }) => localDate(claimedAt ?? now, zone));
  const since = plusDays(today, 1 - WEEK);
  return (
    dates.filter((date) => date === today).length >= policy.perDay ||
    dates.filter((date) => date >= since).length >= policy.perWeek
  );
};
