import { setTimeout } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { FunctionName } from '../../functions/contracts/deployment.ts';
import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import { awsRequests, DYNAMODB } from '../../functions/runtime/aws-requests.ts';
import { dynamoRequests } from '../../functions/stores/dynamo-requests.ts';
import { dynamoTable } from '../../functions/stores/dynamo-table.ts';
import { journeyPartition } from '../../functions/stores/journey-rows.ts';
import { namesOf } from '../../infra/names.ts';
import { consultOf } from '../../local/clinic/consult.ts';
import { reader } from '../../local/clinic/reader.ts';
import type { Accepted, OneMachine } from '../../local/rehearsal/engine.ts';
import type { Patient } from '../../local/rehearsal/patient.ts';
import type { Emulator } from './emulator.ts';
import { wallClock } from './wall-clock.ts';

const Answer = z.object({ accepted: z.boolean(), reason: z.string().nullish(), journeyId: z.string().optional() });
/** A mail with a calendar file went over the wire with the line ends of the wire. */
const Body = z.string().transform((text) => text.replaceAll('\r\n', '\n'));
const Mail = z.object({
  To: z.array(z.string()),
  Source: z.string(),
  Subject: z.string(),
  BodyText: Body,
  /** The call that sent it: `SendRawEmail` where a calendar file goes with it. */
  Type: z.string(),
});
const Mails = z.object({ messages: z.record(z.string(), z.array(Mail)) });
const Texts = z.object({ sms_messages: z.record(z.string(), z.array(z.object({ Message: z.string() }))) });

/** A function failed: its error as Lambda tells it. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
}

type Listener = (event: AuditEvent) => void;

/** Milliseconds between two looks at a journey's events. */
const LOOK_EVERY = 400;
/** Milliseconds after which people go on although something is still on its way: what was lost is made good in minutes. */
const SETTLES_WITHIN = 30_000;

/** The deployed clinic as its people meet it: its functions for the asking, its table for looking on, its mail and texts to be read. */
export const deployedClinic = ({ url, environment }: Emulator, stage: string) => {
  const access = {
    endpoint: url,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
  };
  const lambda = new LambdaClient(access);
  const table = dynamoTable({
    tableName: namesOf(stage).table,
    requests: dynamoRequests(awsRequests(DYNAMODB, access)),
  });
  const read = reader(table);
  const clock = wallClock();

  /** Asks again where a function failed or was too slow, as any client does: the same request twice is one. */
  const invoke = async (name: FunctionName, event: unknown, attempts = 3): Promise<unknown> => {
    const FunctionName = namesOf(stage).function(name);
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    const text = new TextDecoder().decode(Payload);
    if (FunctionError !== undefined && attempts > 1) return invoke(name, event, attempts - 1);
    if (FunctionError !== undefined) throw new FunctionFailed(`${FunctionName}: ${text}`);
    return JSON.parse(text);
  };
  const asked = async (name: FunctionName, event: unknown): Promise<Accepted> => {
    const { accepted, reason } = Answer.parse(await invoke(name, event));
    return { accepted, ...(reason != null && { reason }) };
  };

  const watched = new Map<string, (event: AuditEvent) => void>();
  const look = async (): Promise<void> => {
    // One after the other: twenty at once would keep the table from its work.
    for (const [journeyId, tell] of watched)
      for (const event of await read.events(journeyId)) {
        tell(event);
        if (event.entry.kind === 'outcome') watched.delete(journeyId);
      }
    clock.at(clock.millis() + LOOK_EVERY, look);
  };
  clock.at(clock.millis(), look);

  /** Tells each event of a journey once, as it comes to be read, up to its outcome. */
  const watch = (journeyId: string, listeners: readonly Listener[]): void => {
    const told = new Set<string>();
    watched.set(journeyId, (event) => {
      const key = `${event.at} ${event.ordinal}`;
      if (told.has(key)) return;
      told.add(key);
      for (const listen of listeners) listen(event);
    });
  };

  /**
   * Waits until nothing of the journey is on its way any more, as the virtual clock does before it moves: whoever acts faster than the
   * outbox takes messages back that on the virtual clock have left.
   */
  const settled = async (journeyId: string): Promise<void> => {
    for (const until = Date.now() + SETTLES_WITHIN; Date.now() < until; await setTimeout(LOOK_EVERY)) {
      const { rows } = await table.query({ pk: journeyPartition(journeyId), prefix: 'outbox#', limit: 1 });
      if (rows.length === 0) return;
    }
  };

  const fetched = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();

  return {
    ...read,
    clock,
    invoke,
    watch,
    async requestConsult(patient: Patient, program: Parameters<typeof consultOf>[1], patientId: string) {
      const answer = Answer.parse(await invoke('request-consult', consultOf(patient, program, patientId)));
      if (answer.journeyId === undefined) throw new FunctionFailed(`request-consult: ${answer.reason}`);
      return { journeyId: answer.journeyId };
    },
    async decideTask({ reason, ...decision }) {
      await settled(decision.journeyId);
      return asked('decide-task', { ...decision, reason: reason ?? null });
    },
    async postCommand({ reason, ...request }) {
      await settled(request.journeyId);
      return asked('post-command', { ...request, reason: reason ?? null });
    },
    /** Every e-mail that left. */
    async mails() {
      return Object.values(Mails.parse(await fetched('/_ministack/ses/messages')).messages).flat();
    },
    /** Every text that left, with the number it went to. */
    async texts() {
      const { sms_messages } = Texts.parse(await fetched('/_ministack/sns/sms-messages'));
      return Object.entries(sms_messages).flatMap(([to, all]) => all.map(({ Message }) => ({ to, text: Message })));
    },
    close() {
      clock.stop();
      lambda.destroy();
    },
  } satisfies Pick<OneMachine, 'task' | 'journey' | 'cycle' | 'appointment' | 'events' | 'decideTask' | 'postCommand'> &
    Record<string, unknown>;
};

export type DeployedClinic = ReturnType<typeof deployedClinic>;
