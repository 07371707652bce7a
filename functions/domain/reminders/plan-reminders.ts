import { type Duration, elapsedMs } from '../time/durations.ts';
import { fromMs, type Instant, toMs } from '../time/instants.ts';
import { atLocal, localDate, plusLocal, type WallTime } from '../time/local.ts';
import { planSending, type SendingHours } from '../time/sending-hours.ts';
import type { Zone } from '../time/zones.ts';

/** A program's reminder: what to tell whom, how long before or after something, and until when that is of use. */
export type ReminderRule = {
  readonly id: string;
  readonly message: string;
  readonly audience: string;
  /** What it is counted from: `dosing.startsAt`, `dose.ended` ... */
  readonly anchor: string;
  /** From the anchor: days count dates in the patient's zone, hours elapsed time. */
  readonly offset: Duration;
  /** The wall time in the patient's zone, on the date that the offset leads to. */
  readonly at?: WallTime | undefined;
  /** From the anchor: what would be later is of no use. */
  readonly usefulUntil: Duration;
  readonly channels: readonly string[];
};

/**
 * What becomes of one reminder. `send`: it goes out at `sendAt`. `person`: no allowed hour is left, somebody has to call
 * from `sendAt` (now) to `usefulUntil`. `too-late`: nothing goes out, since it is of no use any more or was just said.
 */
export type PlannedMessage<R extends ReminderRule = ReminderRule> = {
  readonly kind: 'send' | 'person' | 'too-late';
  readonly ruleId: string;
  readonly message: R['message'];
  readonly audience: R['audience'];
  readonly channels: R['channels'];
  /** The appointment's revision that the plan is for. */
  readonly revision: number;
  readonly sendAt: Instant;
  readonly usefulUntil: Instant;
};

/** What the reminders of one appointment (or of one dose) are planned from. */
export type ReminderPlan<R extends ReminderRule> = {
  readonly rules: readonly R[];
  /** The moments that are known; a rule whose anchor is not among them is not planned yet. */
  readonly anchors: { readonly [anchor: string]: Instant | undefined };
  readonly revision: number;
  readonly now: Instant;
  /** The patient's zone, for the chaperone too. */
  readonly zone: Zone;
  readonly sending: SendingHours;
  /** Messages that a confirmation going out at this moment says already: they are not said twice when they were due before now. */
  readonly justSaid?: readonly string[] | undefined;
};

// A schedule fires up to a minute late; what is due at the very end of its use goes out this long before it.
const BEFORE_USE_ENDS = elapsedMs('PT30M');

const dueAt = ({ offset, at }: ReminderRule, anchor: Instant, zone: Zone, usefulUntil: Instant): Instant => {
  const led = plusLocal(anchor, offset, zone);
  const due = at === undefined ? led : atLocal(localDate(led, zone), at, zone);
  return due < usefulUntil ? due : fromMs(toMs(usefulUntil) - BEFORE_USE_ENDS);
};

/**
 * Plans the reminders of one appointment's revision in the patient's zone, in order of time. What was due before now and is
 * still of use goes out now; nothing is planned in quiet hours, before now or after its use.
 */
export const planReminders = <R extends ReminderRule>(plan: ReminderPlan<R>): readonly PlannedMessage<R>[] =>
  plan.rules
    .flatMap((rule) => {
      const anchor = plan.anchors[rule.anchor];
      return anchor === undefined ? [] : [planOne(rule, anchor, plan)];
    })
    .sort((a, b) => (a.sendAt < b.sendAt ? -1 : a.sendAt > b.sendAt ? 1 : 0));

const planOne = <R extends ReminderRule>(
  rule: R,
  anchor: Instant,
  { revision, now, zone, sending, justSaid = [] }: ReminderPlan<R>,
): PlannedMessage<R> => {
  const { id: ruleId, message, audience, channels } = rule;
  const usefulUntil = plusLocal(anchor, rule.usefulUntil, zone);
  const due = dueAt(rule, anchor, zone, usefulUntil);
  const planned = { ruleId, message, audience, channels, revision, usefulUntil };
  if (now > usefulUntil || (due < now && justSaid.includes(message)))
    return { ...planned, kind: 'too-late', sendAt: due };
  const sent = planSending({ dueAt: due, usefulUntil, zone, sending, now });
  return sent.kind === 'send'
    ? { ...planned, kind: 'send', sendAt: sent.at }
    : { ...planned, kind: 'person', sendAt: now };
};
