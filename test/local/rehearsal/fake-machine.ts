import type { AuditEvent, Entry } from '../../../functions/domain/journey/entry.ts';
import type { Task } from '../../../functions/domain/journey/task.ts';
import type { Role, TaskKind } from '../../../functions/domain/names.ts';
import { fromMs } from '../../../functions/domain/time/instants.ts';
import type { Accepted, CommandRequest, Decision, OneMachine } from '../../../local/rehearsal/engine.ts';
import { virtualClock } from '../../../local/virtual-clock.ts';
import { JOURNEY, openTask } from '../../support/open-task.ts';

type Options = {
  start?: string;
  /** What happens on the clock besides the answers. */
  script?: (fake: Fake) => void;
  refuse?: (decision: Decision) => string | undefined;
};
export type Fake = ReturnType<typeof fakeMachine>;

/** A machine whose journey does what the test says: it opens tasks, takes answers and keeps what it was told. */
export const fakeMachine = ({ start = '2026-03-02T17:00:00.000Z', script, refuse }: Options = {}) => {
  const clock = virtualClock(Date.parse(start));
  const events: AuditEvent[] = [];
  const listeners: ((event: AuditEvent) => void)[] = [];
  const tasks = new Map<string, Task>();
  const decisions: (Decision & { at: string })[] = [];
  const commands: (CommandRequest & { at: string })[] = [];

  const emit = (entry: Entry) => {
    const event = { journeyId: JOURNEY, at: clock.now(), ordinal: String(clock.ordinal()), cause: 'test', entry };
    events.push(event);
    for (const listener of listeners) listener(event);
  };
  const at = (text: string, run: () => void) => clock.at(Date.parse(text), run);
  const open = (kind: TaskKind, over: Partial<Task> = {}) => {
    const task = openTask(kind, { openedAt: clock.now(), ...over });
    tasks.set(task.id, task);
    const { id, occurrence, role } = task;
    emit({ kind: 'task', task: kind, id, occurrence, role, event: 'opened' });
    return task;
  };
  const tell = (id: string, event: 'escalated' | 'superseded' | 'expired', toRole?: Role) => {
    const task = tasks.get(id);
    if (task === undefined) throw new Error(`no task ${id}`);
    if (event !== 'escalated') tasks.set(id, { ...task, state: event });
    const { kind, occurrence, role } = task;
    emit({ kind: 'task', task: kind, id, occurrence, role, event, ...(toRole !== undefined && { toRole }) });
  };

  const decideTask = async (decision: Decision): Promise<Accepted> => {
    decisions.push({ ...decision, at: clock.now() });
    const reason = refuse?.(decision);
    if (reason !== undefined) return { accepted: false, reason };
    const task = tasks.get(decision.taskId);
    if (task === undefined) return { accepted: false, reason: 'no such task' };
    tasks.set(task.id, { ...task, state: 'decided' });
    const { id, kind, occurrence, role } = task;
    emit({
      kind: 'task',
      task: kind,
      id,
      occurrence,
      role,
      event: 'decided',
      answer: decision.answer,
      by: decision.by.id,
    });
    return { accepted: true };
  };

  const machine: OneMachine = {
    clock,
    onEvent: (listener) => void listeners.push(listener),
    decideTask,
    async requestConsult() {
      emit({ kind: 'phase', phase: 'consult', event: 'entered' });
      script?.(fake);
      return { journeyId: JOURNEY };
    },
    async postCommand(request) {
      commands.push({ ...request, at: fromMs(clock.millis()) });
      emit({ kind: 'command', command: request.command, by: request.by, accepted: true });
      return { accepted: true };
    },
    task: async (_journeyId, taskId) => tasks.get(taskId),
    journey: async () => undefined,
    cycle: async () => undefined,
    appointment: async () => undefined,
    events: async () => events,
    openRows: async () => ({ tasks: [], schedules: [], plannedMessages: [], outbox: [] }),
    executions: () => [],
    usage: () => ({ lambdaInvocations: 80, reads: 900, writes: 300, schedules: 12, emails: 20, sms: 12 }),
  };
  const fake = { machine, clock, emit, at, open, tell, decisions, commands };
  return fake;
};
