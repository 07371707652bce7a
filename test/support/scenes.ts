import { expect } from 'vitest';
import type { OutboxItem } from '../../functions/contracts/outbox.ts';
import type { Run } from '../../functions/contracts/run.ts';
import type { AuditEvent, Entry } from '../../functions/domain/journey/entry.ts';
import type { Wait } from '../../functions/domain/journey/head.ts';
import type { Message } from '../../functions/domain/journey/message.ts';
import { type Ask, isPending, type Task } from '../../functions/domain/journey/task.ts';
import { askIdOf } from '../../functions/domain/tasks/ask.ts';
import { carryOut } from '../../functions/handlers/outbox/carry-out.ts';
import { waitForAnswer } from '../../functions/handlers/tasks/wait-for-answer.ts';
import { TaskTimedOut } from '../../functions/messengers/errors.ts';
import { bundledData, libraryOf } from '../../functions/stores/bundled-library.ts';
import type { DeskPorts } from '../../functions/stores/journey/desk.ts';
import {
  appointments,
  auditEventOf,
  dayClaims,
  heads,
  journeyPartition,
  journeys,
  lines,
  messages,
  outboxItems,
  tasks,
  waits,
} from '../../functions/stores/journey-rows.ts';
import { type JourneyStore, journeyStore } from '../../functions/stores/journey-store.ts';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import { type Key, MAX_OPERATIONS, type RowDraft, type Table } from '../../functions/stores/table.ts';
import type { ClinicDeps } from '../../local/clinic/functions.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { type Gate, gatedTable, outside } from './interleavings.ts';
import { troubledClinic } from './troubled-clinic.ts';

/** A moment of a rehearsed journey: all its rows as one commit left them. */
export type Scene = { readonly journeyId: string; readonly at: string; readonly rows: readonly RowDraft[] };

type Moment = (event: AuditEvent) => boolean;

const opened =
  (task: string, occurrence = 1): Moment =>
  ({ entry }) =>
    entry.kind === 'task' && entry.task === task && entry.event === 'opened' && entry.occurrence === occurrence;

const MOMENTS = {
  'the consult is to be booked': opened('book-appointment'),
  'both clearances are asked for': opened('psychological-clearance'),
  'a partner is offered the patient': opened('partner-offer'),
  'the first dose is to be booked': opened('book-pair'),
  'the patient is to be checked in': opened('dosing-day-check'),
  'the dose is to be recorded': opened('record-dose'),
  'the outcome is to be summed up': opened('outcome-summary'),
  'the journey is over': ({ entry }) => entry.kind === 'outcome',
} satisfies Record<string, Moment>;

export type MomentName = keyof typeof MOMENTS;

const isMoment = (name: string): name is MomentName => Object.hasOwn(MOMENTS, name);

let rehearsed: Promise<Map<MomentName, Scene>> | undefined;

const rehearseOnce = async (): Promise<Map<MomentName, Scene>> => {
  const scenes = new Map<MomentName, Scene>();
  const heard = (event: AuditEvent, rows: ReadonlyMap<string, RowDraft>): void => {
    for (const [name, matches] of Object.entries(MOMENTS))
      if (isMoment(name) && !scenes.has(name) && matches(event))
        scenes.set(name, { journeyId: event.journeyId, at: event.at, rows: [...rows.values()] });
  };
  await rehearse(await readScenario({ program: 'northwest-iv' }), troubledClinic({ heard }), { record: false });
  return scenes;
};

/** A moment of the default rehearsal, which is run once for all that ask. */
export const sceneAt = async (name: MomentName): Promise<Scene> => {
  rehearsed ??= rehearseOnce();
  const scene = (await rehearsed).get(name);
  if (scene === undefined) throw new Error(`${name}: the rehearsal never came there`);
  // What went before is done: only what a test brings about is to be found in the outbox.
  return { ...scene, rows: scene.rows.filter(({ sk }) => !sk.startsWith('outbox#')) };
};

/** The same journey once more, as another patient's. */
export const another = (scene: Scene, journeyId: string): Scene => ({
  ...scene,
  journeyId,
  rows: JSON.parse(JSON.stringify(scene.rows).replaceAll(scene.journeyId, journeyId)),
});

const ungated: Gate = (_touches, act) => act();

let ordinals = 0;
/** Never the same twice, also where a world begins from what another has written. */
const nextOrdinal = (): string => {
  ordinals += 1;
  return `t${String(ordinals).padStart(9, '0')}`;
};

export type World = Awaited<ReturnType<typeof worldOf>>;

/** A table that holds one or more scenes, the real store and outbox over it, and state machines that only note what they are told. */
export const worldOf = async (...scenes: readonly Scene[]) => {
  const [first] = scenes;
  if (first === undefined) throw new Error('a world needs a scene');
  let versions = 0;
  const newId = () => {
    versions += 1;
    return `w${versions}`;
  };
  const stored = sqliteTable({ path: ':memory:', newId });
  const held = new Map<string, RowDraft>();
  const table: Table = {
    ...stored,
    async write(operations) {
      const version = await stored.write(operations);
      for (const operation of operations) {
        if (operation.do === 'put') held.set(`${operation.row.pk}\n${operation.row.sk}`, operation.row);
        if (operation.do === 'delete') held.delete(`${operation.key.pk}\n${operation.key.sk}`);
      }
      return version;
    },
  };
  const all = scenes
    .flatMap(({ rows }) => rows)
    .filter((row, n, rows) => rows.findLastIndex((each) => each.pk === row.pk && each.sk === row.sk) === n);
  for (let from = 0; from < all.length; from += MAX_OPERATIONS)
    await table.write(
      all.slice(from, from + MAX_OPERATIONS).map((row) => ({ do: 'put', row: draftOf(row), when: 'free' })),
    );

  const clock = { now: first.at };
  const tokens = new Map<string, 'waiting' | 'ended'>();
  const told: { token: string; output: unknown }[] = [];
  const started: string[] = [];
  const sent: string[] = [];
  const running = new Map<string, 'RUNNING' | 'FAILED' | 'SUCCEEDED'>();
  const ports = (gate: Gate = ungated): DeskPorts => ({
    table: gatedTable(table, gate),
    now: () => clock.now,
    ordinal: nextOrdinal,
    library: libraryOf(bundledData()),
  });
  const store = (gate: Gate = ungated): JourneyStore => journeyStore(ports(gate));

  const deps = (gate: Gate = ungated, over: Partial<ClinicDeps> = {}): ClinicDeps => ({
    journeys: store(gate),
    now: () => clock.now,
    workflows: {
      start: ({ machine, name }) =>
        gate(outside(`execution ${name}`), async () => {
          if (running.has(name)) return 'already';
          running.set(name, 'RUNNING');
          started.push(`${machine} ${name}`);
          return 'started';
        }),
      succeed: (token, output) =>
        gate(outside(`token ${token}`), async () => {
          if (tokens.get(token) !== 'waiting') throw new TaskTimedOut('the wait has ended already');
          tokens.set(token, 'ended');
          told.push({ token, output });
        }),
      status: ({ name }) => gate(outside(`execution ${name}`), async () => running.get(name) ?? 'MISSING'),
    },
    email: {
      send: ({ messageId }) =>
        gate(outside(`message ${messageId}`), async () => {
          sent.push(messageId);
          return { providerMessageId: `email-${messageId}` };
        }),
    },
    sms: {
      send: ({ messageId }) =>
        gate(outside(`message ${messageId}`), async () => {
          sent.push(messageId);
          return { providerMessageId: `sms-${messageId}` };
        }),
    },
    schedules: { put: async () => undefined, remove: async () => undefined },
    events: { publish: async () => undefined },
    ...over,
  });

  const rowsOf = async <T>(kind: { parse(body: RowDraft['body']): T }, pk: string, prefix: string): Promise<T[]> => {
    const found: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await table.query({ pk, prefix, ...(cursor !== undefined && { cursor }) });
      found.push(...page.rows.map(({ body }) => kind.parse(body)));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return found;
  };
  const one = async <T>(kind: { parse(body: RowDraft['body']): T }, key: Key): Promise<T | undefined> => {
    const row = await table.get(key);
    return row && kind.parse(row.body);
  };
  const partition = journeyPartition(first.journeyId);

  const read = {
    tasks: (): Promise<Task[]> => rowsOf(tasks, partition, 'task#'),
    task: (id: string) => one(tasks, tasks.key({ journeyId: first.journeyId, id })),
    waits: (): Promise<Wait[]> => rowsOf(waits, partition, 'wait#'),
    messages: (): Promise<Message[]> => rowsOf(messages, partition, 'message#'),
    message: (id: string) => one(messages, messages.key({ journeyId: first.journeyId, id })),
    outbox: async (): Promise<OutboxItem[]> =>
      (await rowsOf(outboxItems, partition, 'outbox#')).map(({ item }) => item),
    head: () => one(heads, heads.key(first.journeyId)),
    journey: (journeyId = first.journeyId) => one(journeys, journeys.key(journeyId)),
    lines: () => rowsOf(lines, partition, 'line#'),
    appointments: (journeyId = first.journeyId) => rowsOf(appointments, journeyPartition(journeyId), 'appointment#'),
    claims: (resource: string) => rowsOf(dayClaims, `claims#${resource}`, '2'),
    entries: async (): Promise<Entry[]> =>
      [...held.values()].flatMap((row) => auditEventOf(row) ?? []).map(({ entry }) => entry),
    /** Every row but the audit's, for comparing two worlds. */
    state: async (): Promise<Record<string, unknown>> => {
      const page = await rowsAll(table, partition);
      return Object.fromEntries(page.filter(({ sk }) => !sk.startsWith('audit#')).map(({ sk, body }) => [sk, body]));
    },
  };

  /** Works off every item of these kinds that is pending, once each, as the sweep does. */
  const workOff = async (kinds: readonly OutboxItem['kind'][] = ['resume-wait'], gate: Gate = ungated) => {
    const own = deps(gate);
    for (const row of await rowsAll(table, partition)) {
      if (!row.sk.startsWith('outbox#')) continue;
      const pending = await own.journeys.pendingItem({ pk: row.pk, sk: row.sk });
      if (pending === undefined || 'unreadable' in pending || !kinds.includes(pending.item.kind)) continue;
      if ((await carryOut(own)(pending.item)) === 'done') await own.journeys.strikeOff(pending);
    }
  };

  /** The stream shows one item right after its commit. */
  const shown = async (gate: Gate, item: OutboxItem): Promise<void> => {
    const own = deps(gate);
    const pending = await own.journeys.pendingItem(outboxItems.key(item));
    if (pending === undefined || 'unreadable' in pending) return;
    if ((await carryOut(own)(pending.item)) === 'done') await own.journeys.strikeOff(pending);
  };

  /** A state enters its wait: it gets a token and calls its function, which registers it or releases it. */
  const enter = (
    gate: Gate,
    wait: { run?: Run; askId: string; seen: number; token: string; seconds?: number; enteredAt?: string },
  ): Promise<unknown> => {
    tokens.set(wait.token, 'waiting');
    const { run = mainRun(first.journeyId), seconds = 3600, enteredAt = clock.now, ...rest } = wait;
    return waitForAnswer(deps(gate))({ run, seconds, enteredAt, ...rest });
  };

  return {
    journeyId: first.journeyId,
    run: mainRun(first.journeyId),
    clock,
    table,
    tokens,
    told,
    started,
    sent,
    running,
    ports,
    store,
    deps,
    read,
    workOff,
    shown,
    enter,
    close: () => stored.close(),
    /** How things stand, as a scene to begin other worlds from. */
    scene: (): Scene => ({ journeyId: first.journeyId, at: clock.now, rows: [...held.values()] }),
    open: (ask: Ask) => store().openTask({ run: mainRun(first.journeyId), ask, seen: 0 }),
  };
};

const rowsAll = async (table: Table, pk: string): Promise<RowDraft[]> => {
  const rows: RowDraft[] = [];
  let cursor: string | undefined;
  do {
    const page = await table.query({ pk, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
};

const draftOf = ({ pk, sk, by1, by2, expiresAt, body }: RowDraft): RowDraft => ({
  pk,
  sk,
  ...(by1 !== undefined && { by1 }),
  ...(by2 !== undefined && { by2 }),
  ...(expiresAt !== undefined && { expiresAt }),
  body,
});

/** The main line under an epoch. */
export const mainRun = (journeyId: string, epoch = 1): Run => ({ journeyId, line: 'main', epoch });

/**
 * Nobody is forgotten: a state that still waits is registered under its token, and either its task is pending, or a call about it
 * is under way, or the outbox is asked to release it.
 */
export const expectNobodyForgotten = async ({ read, tokens }: World): Promise<void> => {
  const [allTasks, allWaits, outbox] = [await read.tasks(), await read.waits(), await read.outbox()];
  const asked = new Set(outbox.flatMap((item) => (item.kind === 'resume-wait' ? [item.waitId] : [])));
  for (const [token, state] of tokens) {
    if (state === 'ended') continue;
    const wait = allWaits.find((each) => each.token === token);
    expect(wait, `the state with ${token} waits, but no row knows it`).toBeDefined();
    if (wait === undefined || asked.has(wait.id)) continue;
    const task = allTasks
      .filter((each) => askIdOf(each) === wait.taskId)
      .toSorted((a, b) => a.repetition - b.repetition)
      .at(-1);
    const isLive = task !== undefined && (isPending(task) || (task.state === 'expired' && task.callTaskId !== null));
    expect(isLive, `${wait.id} waits for ${task?.id}, which is ${task?.state}, and nothing will release it`).toBe(true);
  }
};
