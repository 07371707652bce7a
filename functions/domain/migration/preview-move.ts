import { type AppointmentChange, appointmentsUnder } from './appointments-under.ts';
import { type AsksUnder, asksUnder, NOTHING_ASKED } from './asks-under.ts';
import { type GateChange, gatesUnder } from './gates-under.ts';
import { type MessageChange, messagesUnder } from './messages-under.ts';
import type { Move } from './move.ts';
import { moveRefusals } from './refusals.ts';

/** What would change for one journey; nothing of it is done. Where it may not go over, only the reasons count. */
export type MovePreview = {
  readonly refused: readonly string[];
  readonly doses: { readonly were: number; readonly are: number } | null;
  readonly appointments: readonly AppointmentChange[];
  readonly messages: readonly MessageChange[];
  readonly gates: readonly GateChange[];
  readonly asked: AsksUnder;
};

/** Holds two versions of a program against one journey. */
export const previewMove = (move: Move): MovePreview => {
  const refused = moveRefusals(move);
  const appointments = refused.length > 0 ? [] : appointmentsUnder(move);
  const [were, are] = [move.before.journey.dosesPlanned, move.after.journey.dosesPlanned];
  return {
    refused,
    doses: were === are ? null : { were, are },
    appointments,
    messages: refused.length > 0 ? [] : messagesUnder(move, appointments),
    gates: refused.length > 0 ? [] : gatesUnder(move),
    asked: refused.length > 0 ? NOTHING_ASKED : asksUnder(move),
  };
};
