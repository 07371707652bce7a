import type { Task } from '../../domain/journey/task.ts';
import type { Role } from '../../domain/names.ts';
import { type TaskAct, takingRefusal } from '../../domain/tasks/taking.ts';
import { appointments, tasks } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type Desk, type DeskPorts, deskFor } from './desk.ts';
import { noteTask } from './note-task.ts';
import { askedNow } from './on-call.ts';
import { announceTask } from './task-messages.ts';

export type Taken =
  | { readonly accepted: true; readonly assignee: string | null }
  | { readonly accepted: false; readonly reason: string };

/** Whom a task that was given back asks: whom it would ask if it were opened, or had climbed, now. */
const askedAnew = async (desk: Desk, { journeyId, appointmentId, holder, ask }: Task): Promise<string | null> => {
  const appointment =
    appointmentId === null ? undefined : await desk.get(appointments, { journeyId, id: appointmentId });
  return askedNow(desk, holder, ask.about, appointment);
};

/** Takes an open task on for somebody, gives it back or hands it on; of two who claim it the first has it, and claiming twice is claiming once. */
export const takeTask = (
  ports: DeskPorts,
  input: {
    journeyId: string;
    taskId: string;
    act: TaskAct;
    by: { readonly role: Role; readonly id: string };
    to: string | null;
    version?: string | undefined;
  },
): Promise<Taken> =>
  transact(ports, 'take-task', async (transaction): Promise<Taken> => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    const task = await desk.get(tasks, { journeyId: input.journeyId, id: input.taskId });
    if (task === undefined) return { accepted: false, reason: 'there is no such task' };
    desk.sameAs(tasks, task, input.version);
    const { act, by, to } = input;
    const refusal = takingRefusal(task, act, { by, to, clinic: desk.clinic });
    if (refusal !== undefined) return { accepted: false, reason: refusal };
    if (act === 'claim') {
      if (task.claimedBy === by.id) return { accepted: true, assignee: by.id };
      desk.put(tasks, { ...task, claimedBy: by.id, assignee: by.id });
      noteTask(desk, task, { event: 'claimed', by: by.id });
      return { accepted: true, assignee: by.id };
    }
    const assignee = act === 'reassign' ? to : await askedAnew(desk, task);
    if (act === 'reassign' && task.assignee === to && task.claimedBy === null) return { accepted: true, assignee };
    const handed = { ...task, claimedBy: null, assignee };
    desk.put(tasks, handed);
    noteTask(desk, task, { event: 'reassigned', by: by.id });
    if (assignee !== by.id) await announceTask(desk, handed, 'opened');
    return { accepted: true, assignee };
  });
