import type { MessageAnchor } from '../../domain/names.ts';
import { planReminders } from '../../domain/reminders/plan-reminders.ts';
import type { Desk } from './desk.ts';
import { planMessage } from './ledger.ts';

/** Plans the neutral notices that something to read is ready, for one moment of the journey. */
export const planEducation = async (desk: Desk, anchor: MessageAnchor, at: string): Promise<void> => {
  const { program, journey, clinic, now } = desk;
  const rules = program.education;
  const planned = planReminders({
    rules,
    anchors: { [anchor]: at },
    revision: 1,
    now,
    zone: journey.zone,
    sending: clinic.sending,
  });
  for (const { kind, ruleId, sendAt, usefulUntil } of planned) {
    const rule = rules.find(({ id }) => id === ruleId);
    if (kind !== 'send' || rule === undefined) continue;
    const { message, audience, channels } = rule;
    await planMessage(desk, {
      kind: message,
      to: audience,
      person: audience,
      sendAt,
      usefulUntil,
      channels,
      rule: ruleId,
    });
  }
};
