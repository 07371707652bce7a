import { type App, Stack, Tags } from 'aws-cdk-lib';
import { CARRIER, type MachineName, machineNames, programTag } from '../../functions/contracts/deployment.ts';
import { acknowledge } from '../acknowledgements.ts';
import {
  deadLetterAlarms,
  functionAlarms,
  heartbeatAlarms,
  machineAlarms,
  notesAlarms,
  peopleAlarms,
  tableAlarms,
} from '../alarm-table.ts';
import { apiAlarms } from '../api-alarms.ts';
import { AccessTrail } from '../constructs/access-trail.ts';
import { Alarms } from '../constructs/alarms.ts';
import { ApiShield } from '../constructs/api-shield.ts';
import { CursorSecret } from '../constructs/cursor-secret.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import { EmailChannel } from '../constructs/email-channel.ts';
import { DomainBus } from '../constructs/event-bus.ts';
import { HouseFunctions } from '../constructs/house-functions.ts';
import { JourneyTable } from '../constructs/journey-table.ts';
import { Keys } from '../constructs/keys.ts';
import { NotesTable } from '../constructs/notes-table.ts';
import { Outbox } from '../constructs/outbox.ts';
import { PublicApi } from '../constructs/public-api.ts';
import { SCHEDULED, Schedules } from '../constructs/schedules.ts';
import { SharedPolicies } from '../constructs/shared-policies.ts';
import { SignIn } from '../constructs/sign-in.ts';
import { SmsChannel } from '../constructs/sms-channel.ts';
import { Spending } from '../constructs/spending.ts';
import { TableBackups } from '../constructs/table-backups.ts';
import { Webhooks } from '../constructs/webhooks.ts';
import { Workflow } from '../constructs/workflow.ts';
import { type MachineTasks, startedMachines } from '../machine-tasks.ts';
import { namesOf } from '../names.ts';
import type { Deployment } from '../settings/read-settings.ts';
import { parseDefinition } from '../workflow-lint/definition.ts';
import { callsOf } from '../workflow-lint/tasks.ts';

export type ThroughlineProps = {
  readonly settings: Deployment;
  /** The text of each machine's file. */
  readonly definitions: Readonly<Record<MachineName, string>>;
  readonly tasks: Readonly<Record<MachineName, MachineTasks>>;
};

/** One clinic: what it knows, what it does, how it reaches people, what keeps it moving and what rings when it does not. */
export class ThroughlineStack extends Stack {
  constructor(app: App, { settings, definitions, tasks }: ThroughlineProps) {
    const { account, region } = settings;
    super(app, `Throughline-${settings.stage}`, {
      terminationProtection: true,
      // CDK takes the shell's where a setting is left out.
      env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
    });
    const names = namesOf(settings.stage);
    const logRetentionDays = settings.retention.logs;

    const keys = new Keys(this, names);
    const shared = new SharedPolicies(this, names);
    const table = new JourneyTable(this, names, keys.data);
    const notes = new NotesTable(this, names, keys.notes);
    new TableBackups(this, names, settings, { journeys: table.table, notes: notes.table }, keys);
    new AccessTrail(this, names, settings, [table.table, notes.table], keys.operations);
    const deadLetters = new DeadLetters(this, names, keys.operations);
    const bus = new DomainBus(this, names, settings);
    const email = new EmailChannel(this, names, settings);
    const sms = new SmsChannel(this, names, settings, keys.operations);
    const schedules = new Schedules(this, names, deadLetters.schedules, keys.operations);

    const signIn = new SignIn(this, names, settings);
    const cursors = new CursorSecret(this, names, keys.operations);
    const webhooks = new Webhooks(this, { names, settings, key: keys.operations, bus, deadLetters });

    const functions = new HouseFunctions(this, {
      reach: {
        scope: this,
        names,
        keys,
        table,
        notes,
        bus,
        email,
        publicAddress: settings.publicAddress,
        sms,
        schedules,
        signIn,
        cursors,
        webhooks,
        scheduleDeadLetters: deadLetters.schedules.queueArn,
        started: startedMachines,
        waiting: machineNames.filter((name) => callsOf(parseDefinition(definitions[name])).callbacks.length > 0),
        machines: machineNames,
      },
      logRetentionDays,
      failures: deadLetters.invocations,
      tracing: shared.tracing,
      files: { clinic: settings.clinic, ownPrograms: settings.ownPrograms },
      reserve: settings.reservedConcurrency,
    });

    for (const [id, versions] of Object.entries(settings.programs))
      Tags.of(functions.of(CARRIER).lambda).add(programTag(id), versions.join(' '));

    const machines = new Map(
      machineNames.map((name) => [
        name,
        new Workflow(this, {
          name,
          definition: definitions[name],
          tasks: tasks[name],
          functions,
          names,
          keys,
          logRetentionDays,
          shared: [shared.tracing, shared.logDelivery],
        }),
      ]),
    );

    new Outbox(this, { names, table, functions, deadLetters, machines: machineNames });
    bus.keepUnreadable(deadLetters.unreadable);
    webhooks.sendWith(functions.toCall('send-webhooks'));
    for (const name of SCHEDULED) schedules.call(functions.toCall(name));
    for (const channel of [email, sms]) channel.reportTo(functions.toCall('on-message-event'), deadLetters.events);

    const api = new PublicApi(this, {
      names,
      deployment: settings,
      answeredBy: functions.toCall('serve-api'),
      notesAnsweredBy: functions.toCall('serve-notes'),
      key: keys.operations,
    });
    new ApiShield(this, names, api.stageArn, { days: logRetentionDays, key: keys.operations });

    const alarms = new Alarms(this, names, settings, keys.operations);
    for (const alarm of [
      ...machineAlarms(machines),
      ...deadLetterAlarms(deadLetters),
      ...functionAlarms(functions),
      ...tableAlarms(table.table),
      ...notesAlarms(notes.table),
      ...apiAlarms(api, names),
      ...heartbeatAlarms(functions, names),
      ...peopleAlarms(names),
    ])
      alarms.add(alarm);
    new Spending(this, names, settings, alarms);

    acknowledge(this, names);
  }
}
