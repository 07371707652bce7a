import type { FunctionName, MachineName } from '../functions/contracts/deployment.ts';

/** What one state machine may do: call these functions, run these machines inside itself. */
export type MachineTasks = {
  readonly calls: readonly FunctionName[];
  readonly runs: readonly MachineName[];
  /**
   * Functions that have left the definition. Executions keep the definition of their first day, so each stays deployed
   * and permitted for 400 days: longer than any execution lives.
   */
  readonly retired?: readonly { readonly name: FunctionName; readonly retiredOn: string }[];
};

/** The permissions of the state machines. Synth compares them with workflows/ and fails on any difference. */
export const machineTasks: Readonly<Record<MachineName, MachineTasks>> = {
  intake: {
    calls: ['begin-intake', 'screen-patient', 'check-gate', 'wait-until', 'hand-over', 'record-failure'],
    runs: ['appointment', 'staff-task', 'partner-handoff'],
  },
  cycle: {
    calls: ['check-gate', 'wait-until', 'plan-next-step', 'hand-over', 'record-failure'],
    runs: ['staff-task', 'dosing-day', 'appointment'],
  },
  'dosing-day': {
    calls: ['check-gate', 'wait-until', 'start-dose', 'record-failure'],
    runs: ['staff-task'],
  },
  completion: {
    calls: ['begin-completion', 'wait-until', 'settle-journey', 'hand-over', 'record-failure'],
    runs: ['staff-task'],
  },
  appointment: {
    calls: ['confirm-appointment', 'record-failure'],
    runs: ['staff-task'],
  },
  'staff-task': {
    calls: ['open-task', 'wait-for-answer', 'chase-task', 'record-failure'],
    runs: [],
  },
  'partner-handoff': {
    calls: ['choose-partner', 'wait-until', 'record-failure'],
    runs: ['staff-task'],
  },
  'safety-event': {
    calls: ['close-safety-event', 'record-failure'],
    runs: ['staff-task'],
  },
};

/** Machines that are started on their own, by the outbox: the parts of a journey, safety, and tasks that outlast a cycle. */
export const startedMachines: readonly MachineName[] = ['intake', 'cycle', 'completion', 'safety-event', 'staff-task'];
