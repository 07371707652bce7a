import { join } from 'node:path';
import type { FunctionFolder } from '../functions/contracts/deployment.ts';

/** The alias of every state machine that new executions start on. */
export const LIVE = 'live';

/**
 * The physical name of everything that outlives a deploy. Executions wait for months on the names of their day, so
 * none of these may ever change for a stage that is in use.
 */
export const namesOf = (stage: string) => ({
  stage,
  table: `${stage}-journeys`,
  notes: `${stage}-therapy-notes`,
  bus: `${stage}-events`,
  scheduleGroup: `${stage}-reminders`,
  scheduleRole: `${stage}-scheduler`,
  emailConfigurationSet: `${stage}-email`,
  smsConfigurationSet: `${stage}-sms`,
  smsEvents: `${stage}-sms-events`,
  smsTexts: `${stage}-sms-texts`,
  smsOptOuts: `${stage}-opt-outs`,
  alarms: `${stage}-alarms`,
  backups: `${stage}-journeys`,
  notesBackups: `${stage}-therapy-notes`,
  backupRole: `${stage}-backup`,
  trail: `${stage}-journeys`,
  budget: `${stage}-monthly`,
  api: `${stage}-api`,
  apiAccount: `${stage}-api-logs`,
  shield: `${stage}-api`,
  /** Log groups of WAF have to begin so. */
  shieldLogs: `aws-waf-logs-${stage}-api`,
  people: `${stage}-people`,
  client: `${stage}-pages`,
  secret: (name: string) => `${stage}/${name}`,
  function: (name: string) => `${stage}-${name}`,
  machine: (name: string) => `${stage}-${name}`,
  machineRole: (name: string) => `${stage}-${name}-machine`,
  queue: (name: string) => `${stage}-${name}`,
  rule: (name: string) => `${stage}-${name}`,
});

export type Names = ReturnType<typeof namesOf>;

const pascal = (kebab: string) =>
  kebab
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `check-gate` is CheckGateFunction in the template, whatever constructs stand around it. */
export const functionId = (name: string) => `${pascal(name)}Function`;

/** `staff-task` is StaffTaskMachine in the template. */
export const machineId = (name: string) => `${pascal(name)}Machine`;

/** Where the source of a function lies. */
export const handlerFile = (folder: FunctionFolder, name: string) =>
  join(import.meta.dirname, '../functions/handlers', folder, `${name}.ts`);
