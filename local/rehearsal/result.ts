import type { OutcomeKind } from '../../functions/domain/names.ts';
import type { InvariantResult } from '../invariants/world.ts';
import type { ExecutionStatus, ExecutionSummary } from '../state-machines/execution.ts';
import type { Cost } from './cost.ts';
import type { TimelineEntry } from './timeline.ts';

/** One execution of a state machine; `transitions` are the billable ones. */
export type ExecutionRow = {
  name: string;
  machine: string;
  startedAt: string;
  endedAt: string | null;
  status: ExecutionStatus;
  transitions: number;
  parent?: string;
};

/** What a rehearsal prints with --json. */
export type Result = {
  program: { id: string; version: number };
  seed: number;
  journeyId: string;
  start: string;
  end: string;
  outcome: { kind: OutcomeKind; reason: string } | null;
  entries: TimelineEntry[];
  executions: ExecutionRow[];
  invariants: InvariantResult[];
  cost: Cost;
};

/** An execution as the result tells it; a parent goes by its name. */
export const executionRow = ({
  name,
  stateMachine,
  startedAt,
  endedAt,
  status,
  transitions,
  parent,
}: ExecutionSummary): ExecutionRow => ({
  name,
  machine: stateMachine,
  startedAt,
  endedAt: endedAt ?? null,
  status,
  transitions,
  ...(parent !== undefined && { parent: parent.slice(parent.lastIndexOf(':') + 1) }),
});

/** Why a rehearsal is not a success, one line each; none if the journey reached an outcome and every invariant held. */
export const shortcomings = ({ outcome, invariants, end }: Result): string[] => [
  ...(outcome === null ? [`no outcome was reached by ${end}`] : []),
  ...invariants.flatMap(({ id, violations }) => violations.map((violation) => `invariant ${id}: ${violation}`)),
];
