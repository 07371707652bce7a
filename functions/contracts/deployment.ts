import { MACHINES } from '../domain/names.ts';

/**
 * Every deployed function and state machine by name, with what each function may do.
 * Both sides import this file: the code for names, infra for permissions. It must never import either.
 */

/** What a function's role allows, in the words of the system; infra turns each into actions on exact resources. */
export type Grant =
  | 'read-table'
  | 'write-table'
  | 'keep-notes'
  | 'send-email'
  | 'send-sms'
  | 'plan-schedules'
  | 'start-executions'
  | 'describe-executions'
  | 'resume-waits'
  | 'publish-events'
  | 'measure'
  | 'check-tokens'
  | 'seal-cursors'
  | 'tell-webhooks'
  | 'read-outbox-stream';

export type FunctionFolder = 'tasks' | 'api' | 'events';

export type DeployedFunction = {
  readonly folder: FunctionFolder;
  readonly grants: readonly Grant[];
  /** How long one invocation may take, in seconds. */
  readonly timeoutSeconds: number;
};

const task = (...grants: Grant[]): DeployedFunction => ({
  folder: 'tasks',
  grants: ['read-table', 'write-table', ...grants],
  timeoutSeconds: 15,
});
const api = (...grants: Grant[]): DeployedFunction => ({
  folder: 'api',
  grants: ['read-table', 'write-table', ...grants],
  timeoutSeconds: 15,
});
const event = (...grants: Grant[]): DeployedFunction => ({
  folder: 'events',
  grants: ['read-table', 'write-table', ...grants],
  timeoutSeconds: 60,
});

/** The file of each is functions/handlers/<folder>/<name>.ts. */
export const deployedFunctions = {
  // Called by state machines
  'begin-intake': task(),
  'open-task': task(),
  'wait-for-answer': task('resume-waits'),
  'chase-task': task(),
  'wait-until': task('resume-waits'),
  'confirm-appointment': task(),
  'screen-patient': task(),
  'check-gate': task(),
  'choose-partner': task(),
  'start-dose': task(),
  'plan-next-step': task(),
  'begin-completion': task(),
  'settle-journey': task(),
  'close-safety-event': task(),
  'hand-over': task(),
  'record-failure': task(),
  // Called by people and by other systems
  'request-consult': api(),
  'decide-task': api(),
  'take-task': api(),
  'post-command': api(),
  'serve-api': api('check-tokens', 'seal-cursors'),
  'serve-notes': api('keep-notes', 'check-tokens', 'seal-cursors'),
  // Called by streams, schedules and delivery events
  'work-outbox': event(
    'send-email',
    'send-sms',
    'plan-schedules',
    'start-executions',
    'resume-waits',
    'publish-events',
    'measure',
    'read-outbox-stream',
  ),
  'sweep-outbox': event(
    'send-email',
    'send-sms',
    'plan-schedules',
    'start-executions',
    'resume-waits',
    'publish-events',
    'measure',
  ),
  'send-message': event('send-email', 'send-sms', 'measure'),
  'send-digests': event(),
  'on-deadline': event(),
  'on-message-event': event('measure'),
  'on-execution-ended': event('describe-executions'),
  'reconcile-journeys': event('describe-executions'),
  // It knows nothing but what its queue hands it.
  'send-webhooks': { folder: 'events', grants: ['tell-webhooks'], timeoutSeconds: 60 },
  'watch-clinic': { folder: 'events', grants: ['read-table', 'measure'], timeoutSeconds: 60 },
} as const satisfies Record<string, DeployedFunction>;

export type FunctionName = keyof typeof deployedFunctions;

/** The eight state machines; the file of each is workflows/<name>.asl.json. */
export const machineNames = MACHINES;
export type MachineName = (typeof machineNames)[number];

const pascal = (kebab: string) =>
  kebab
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `check-gate` is `${CheckGateFunctionArn}` in a definition. */
export const functionPlaceholder = (name: string) => `${pascal(name)}FunctionArn`;

/** `staff-task` is `${StaffTaskMachineArn}` in a definition. */
export const machinePlaceholder = (name: string) => `${pascal(name)}MachineArn`;

/** The function whose tags say which versions of programs went out with the functions: it is the one that begins every execution. */
export const CARRIER: FunctionName = 'work-outbox';

/** The setting of the functions that hold messages' links: the address at which the clinic's pages are open to everybody. */
export const PUBLIC_ADDRESS = 'PUBLIC_ADDRESS';

/** The tag that holds the versions of a program, with spaces between them. */
export const programTag = (id: string) => `program:${id}`;
