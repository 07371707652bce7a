import type { Clinic } from '../clinic/clinic.ts';
import { personOf } from '../clinic/roster.ts';
import type { Task } from '../journey/task.ts';
import type { Role } from '../names.ts';

/** Somebody takes an open task on, gives it back, or hands it to a colleague. */
export const TASK_ACTS = ['claim', 'release', 'reassign'] as const;
export type TaskAct = (typeof TASK_ACTS)[number];

type By = { readonly role: Role; readonly id: string };

/** These see to it that work is done and may hand on what is not theirs. */
const HANDS_ON: ReadonlySet<Role> = new Set(['coordinator', 'medical-director']);

const isStaffs = ({ holder }: Task): boolean => holder !== 'patient' && holder !== 'chaperone' && holder !== 'partner';

/** Why somebody may not do this to a task; undefined if they may. `to` is whom it is handed to. */
export const takingRefusal = (
  task: Task,
  act: TaskAct,
  { by, to, clinic }: { readonly by: By; readonly to: string | null; readonly clinic: Clinic },
): string | undefined => {
  if (task.state !== 'open') return `${task.id} is ${task.state}`;
  if (!isStaffs(task)) return `${task.id} is not for the clinic’s people`;
  const { claimedBy } = task;
  const may: readonly Role[] = [...task.asked, 'medical-director'];
  if (act === 'claim') {
    if (!may.includes(by.role)) return `a ${by.role} may not take ${task.kind}; ${task.holder} may`;
    return claimedBy === null || claimedBy === by.id ? undefined : `${claimedBy} has taken it`;
  }
  if (act === 'release') {
    if (claimedBy === null) return 'nobody has taken it';
    return claimedBy === by.id || HANDS_ON.has(by.role) ? undefined : `${claimedBy} has taken it`;
  }
  const theirs = claimedBy === by.id || task.assignee === by.id;
  if (!theirs && !HANDS_ON.has(by.role)) return `a ${by.role} may hand on only what is theirs`;
  const colleague = personOf(clinic, to);
  if (colleague === undefined) return `unknown person ${JSON.stringify(to)}`;
  return colleague.roles.some((role) => may.includes(role))
    ? undefined
    : `${to} may not answer ${task.kind}; ${task.holder} may`;
};
