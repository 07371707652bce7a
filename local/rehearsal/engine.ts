import type * as z from 'zod';
import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import type { Appointment } from '../../functions/domain/journey/appointment.ts';
import type { Cycle } from '../../functions/domain/journey/cycle.ts';
import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import type { Journey } from '../../functions/domain/journey/journey.ts';
import type { Task } from '../../functions/domain/journey/task.ts';
import type { CommandName, Role } from '../../functions/domain/names.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import type { Instant } from '../../functions/domain/time/instants.ts';
import type { ExecutionSummary } from '../state-machines/execution.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { Patient } from './patient.ts';

/** What goes into a record besides the answer itself. */
export type Data = Record<string, z.core.util.JSONType>;

/** Somebody who answers a task or gives a command. */
export type Person = { role: Role; id: string };

/** Whether the product took an answer or a command, and why not. */
export type Accepted = { accepted: boolean; reason?: string | null };

/** An answer to an open task. */
export type Decision = {
  journeyId: string;
  taskId: string;
  answer: string;
  by: Person;
  reason?: string;
  data: Data;
};

/** Something that somebody asks of a running journey; the same commandId twice is one command. */
export type CommandRequest = {
  journeyId: string;
  command: CommandName;
  by: Person;
  reason?: string;
  data: Data;
  commandId: string;
};

/** A patient who asks for a consult about a program. */
export type ConsultRequest = { program: string; patient: Patient };

/** What a journey still has open, by id; all four are empty once it has reached its outcome. */
export type OpenRows = {
  tasks: readonly unknown[];
  schedules: readonly unknown[];
  plannedMessages: readonly unknown[];
  outbox: readonly unknown[];
};

/** What was used of the services that AWS charges for. */
export type Usage = {
  lambdaInvocations: number;
  reads: number;
  writes: number;
  schedules: number;
  emails: number;
  sms: number;
};

/** The whole system on one machine: the same state machines, handlers, domain and stores as the deployed one. */
export type OneMachine = {
  readonly clock: VirtualClock;
  /** Tells every audit event as it commits, in order. */
  onEvent(listener: (event: AuditEvent) => void): void;
  requestConsult(request: ConsultRequest): Promise<{ journeyId: string }>;
  decideTask(decision: Decision): Promise<Accepted>;
  postCommand(request: CommandRequest): Promise<Accepted>;
  task(journeyId: string, taskId: string): Promise<Task | undefined>;
  journey(journeyId: string): Promise<Journey | undefined>;
  cycle(journeyId: string, number: number): Promise<Cycle | undefined>;
  appointment(journeyId: string, appointmentId: string): Promise<Appointment | undefined>;
  events(journeyId: string): Promise<AuditEvent[]>;
  openRows(journeyId: string): Promise<OpenRows>;
  executions(): ExecutionSummary[];
  usage(): Usage;
};

/** What people need of a clock, the virtual one or the wall's. */
export type PeoplesClock = Pick<VirtualClock, 'at' | 'millis' | 'now'>;

/** The clinic and the programs that a machine runs with. */
export type Library = { readonly clinic: Clinic; readonly programs: readonly Program[] };

/** Builds a machine whose clock stands at `start`; `record` keeps the histories of its executions. */
export type EngineFactory = (options: {
  start: Instant;
  seed: number;
  library: Library;
  record: boolean;
}) => OneMachine | Promise<OneMachine>;
