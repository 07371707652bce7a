import type { AuditEvent } from '../../functions/domain/journey/entry.ts';
import type { Role } from '../../functions/domain/names.ts';
import { type Instant, toMs } from '../../functions/domain/time/instants.ts';
import type { OneMachine, PeoplesClock } from './engine.ts';
import { noInTheirPlace, nothingFeasible, type PlannedAnswer, planAnswer, usualTime } from './people.ts';
import type { Rule } from './requests.ts';
import type { Scenario } from './scenario.ts';

type Machine = Pick<OneMachine, 'task' | 'journey' | 'cycle' | 'appointment' | 'decideTask'> & {
  readonly clock: PeoplesClock;
};
type Asked = { readonly journeyId: string; readonly taskId: string; readonly holder: Role; readonly since: Instant };
type Pending = { readonly at: Instant; readonly cancel: () => void };

/** Answers every task of a journey as its people would, each at its time on the clock. */
export const answering = (machine: Machine, scenario: Scenario) => {
  const pending = new Map<string, Pending>();
  const administrations = new Map<string, number>();
  const used = new Set<Rule>();
  const refusals: string[] = [];
  let gone = false;

  const situationOf = async ({ journeyId, taskId, holder, since }: Asked) => {
    const task = await machine.task(journeyId, taskId);
    if (task === undefined || task.state !== 'open') return undefined;
    const { cycle } = task.ask;
    return {
      scenario,
      task,
      holder,
      since,
      administrations,
      journey: await machine.journey(journeyId),
      cycle: cycle === undefined ? undefined : await machine.cycle(journeyId, cycle),
      appointment: task.appointmentId === null ? undefined : await machine.appointment(journeyId, task.appointmentId),
    };
  };

  const forget = (taskId: string) => {
    pending.get(taskId)?.cancel();
    pending.delete(taskId);
  };

  const decide = ({ journeyId, taskId }: Asked, { answer, by, reason, data }: Omit<PlannedAnswer, 'at' | 'rule'>) =>
    machine.decideTask({ journeyId, taskId, answer, by, data, ...(reason !== undefined && { reason }) });

  const give = async (asked: Asked) => {
    pending.delete(asked.taskId);
    // What is recorded may have changed since the answer was planned, so it is worked out again.
    const situation = await situationOf(asked);
    const plan = situation && planAnswer(situation);
    if (situation === undefined || plan === undefined) return;
    const { task } = situation;
    let said = await decide(asked, plan);
    const tellRefusal = () =>
      refusals.push(
        `${task.kind} ${task.occurrence}: "${plan.answer}" by ${plan.by.id} was refused: ${said.reason ?? 'no reason given'}`,
      );
    // What the scenario asks for and cannot be is told, also where something else is answered instead.
    if (!said.accepted && plan.rule !== undefined) tellRefusal();
    // A dose that was given is recorded all the same, with the times at which it was watched.
    if (!said.accepted && plan.rule !== undefined && task.kind === 'record-dose') {
      const { startedAt: _from, endedAt: _until, ...rest } = plan.data;
      said = await decide(asked, { ...plan, data: rest });
    }
    const instead = nothingFeasible(task, plan.answer);
    if (!said.accepted && instead !== undefined) {
      if (plan.rule !== undefined) said = await decide(asked, { ...plan, data: {} });
      if (!said.accepted) said = await decide(asked, { ...plan, answer: instead, data: {} });
    }
    const no = asked.holder === task.role ? undefined : noInTheirPlace(task, plan.answer);
    if (!said.accepted && no !== undefined) said = await decide(asked, { ...plan, answer: no });
    if (!said.accepted && plan.rule === undefined) tellRefusal();
    // What came too early is answered once more at its usual time.
    const usual = said.accepted || plan.rule === undefined ? undefined : usualTime(situation, plan.by);
    if (usual !== undefined && toMs(usual) > machine.clock.millis())
      pending.set(asked.taskId, { at: usual, cancel: machine.clock.at(toMs(usual), () => give(asked)) });
  };

  const ask = async (asked: Asked) => {
    const situation = await situationOf(asked);
    const plan = situation && planAnswer(situation);
    const before = pending.get(asked.taskId);
    // Who is asked next does not wait for somebody slow; whoever answers first has answered.
    if (plan === undefined || (before !== undefined && before.at <= plan.at)) return;
    forget(asked.taskId);
    if (plan.rule !== undefined) used.add(plan.rule);
    const cancel = machine.clock.at(toMs(plan.at), () => give(asked));
    pending.set(asked.taskId, { at: plan.at, cancel });
  };

  return {
    /** Hears what happened: plans an answer to what was opened or has climbed, drops it for what is settled. */
    hear({ journeyId, at, entry }: AuditEvent) {
      if (gone) return;
      if (entry.kind === 'measure') administrations.set(entry.measure, (administrations.get(entry.measure) ?? 0) + 1);
      if (entry.kind !== 'task') return;
      const { id: taskId, role, toRole = role, event } = entry;
      if (event === 'decided' || event === 'superseded' || event === 'expired') forget(taskId);
      if (event !== 'opened' && event !== 'escalated' && event !== 'reassigned') return;
      machine.clock.at(machine.clock.millis(), () => ask({ journeyId, taskId, holder: toRole, since: at }));
    },
    /** Answers nothing more: what is open is for others now. */
    leave() {
      gone = true;
      for (const taskId of [...pending.keys()]) forget(taskId);
    },
    /** Rules that never applied; silence counts as applied only by what it leaves undone, so it is not told here. */
    unused: (): readonly Rule[] => scenario.people.filter((rule) => rule.never !== true && !used.has(rule)),
    refusals: (): readonly string[] => refusals,
  };
};
