import type {
  AppointmentKind,
  BillingClass,
  Channel,
  CheckResult,
  CommandName,
  GateKind,
  GateResult,
  MessageClass,
  MessageKind,
  Modality,
  OutcomeKind,
  Phase,
  Role,
  TaskKind,
} from '../names.ts';

/** One result of a gate's check; `by` lists everybody who had to agree to an override. */
export type CheckOutcome = { id: string; result: CheckResult; by?: string[]; reason?: string };

/** What happened, as the timeline tells it. Each entry is one audit event, never changed or deleted. */
export type Entry =
  | { kind: 'phase'; phase: Phase; event: 'entered' | 'left' }
  | {
      kind: 'task';
      task: TaskKind;
      id: string;
      occurrence: number;
      role: Role;
      event: 'opened' | 'nudged' | 'escalated' | 'claimed' | 'reassigned' | 'decided' | 'superseded' | 'expired';
      toRole?: Role;
      dueAt?: string;
      answer?: string;
      by?: string;
      reason?: string;
    }
  | { kind: 'gate'; gate: GateKind; occurrence: number; result: GateResult; checks: CheckOutcome[] }
  | { kind: 'screening'; disposition: string; reasons: string[]; notes: string[]; rulesetVersion: string }
  | {
      kind: 'appointment';
      appointment: AppointmentKind;
      id: string;
      occurrence: number;
      revision: number;
      event:
        | 'booked'
        | 'confirmed'
        | 'moved'
        | 'cancelled'
        | 'checked-in'
        | 'started'
        | 'ended'
        | 'attended'
        | 'no-show';
      startsAt: string;
      endsAt: string;
      practitioners: string[];
      room: string | null;
      modality: Modality;
      cycle?: number;
      pairedWith?: string;
      /** Who said that they come. */
      by?: string;
    }
  | { kind: 'dose'; cycle: number; event: 'started' | 'ended' | 'aborted'; route: string }
  | { kind: 'debt'; cycle: number; event: 'owed' | 'settled' | 'waived' | 'overdue'; by?: string; reason?: string }
  | {
      kind: 'message';
      message: MessageKind;
      to: 'patient' | 'chaperone' | 'staff' | 'partner';
      person: string;
      channel: Channel;
      occurrence: number;
      revision: number;
      attempt: number;
      event: 'planned' | 'sent' | 'delivered' | 'failed' | 'skipped' | 'cancelled';
      class: MessageClass;
      reason?: string;
      /** Who asked for it to be sent once more. */
      by?: string;
      text?: string;
      appointmentId?: string;
    }
  | { kind: 'measure'; measure: string; occurrence: number; total: number; band: string }
  | { kind: 'billing'; step: string; class: BillingClass }
  | {
      kind: 'handoff';
      partner: string;
      event: 'offered' | 'accepted' | 'declined' | 'silent' | 'withdrawn' | 'exhausted' | 'continued';
    }
  | { kind: 'therapist'; from: string | null; to: string; by: string }
  | { kind: 'command'; command: CommandName; by: { role: Role; id: string }; accepted: boolean; reason?: string }
  | {
      kind: 'safety';
      id: string;
      type: 'adverse-event' | 'crisis';
      event: 'opened' | 'paged' | 'acknowledged' | 'hold' | 'decided' | 'followed-up' | 'closed';
      severity?: number;
      person?: string;
      by?: string;
      answer?: string;
    }
  | { kind: 'hold'; event: 'placed' | 'lifted'; reason: string; by?: string }
  | { kind: 'program'; from: number; to: number; by: string; reason: string }
  | { kind: 'replay'; line: string; epoch: number; by: string; reason: string }
  | { kind: 'read'; by: { roles: readonly Role[]; id: string }; operation: string; parts: readonly string[] }
  | { kind: 'outcome'; outcome: OutcomeKind; reason: string };

/** An entry as it was written: when, in which order, and which function's doing it was. */
export type AuditEvent = { journeyId: string; at: string; ordinal: string; cause: string; entry: Entry };
