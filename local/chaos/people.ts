import fc from 'fast-check';
import { ROLES, TASK_KINDS, TASKS, type TaskKind } from '../../functions/domain/names.ts';
import { UNTIL_DECIDED } from '../../functions/domain/tasks/chasing.ts';
import { compact, type Json, minutes, seldom, waits, weighted } from './arbitraries.ts';

/** Readings and answers of a dosing day that a gate looks at. */
const checks = fc.constantFrom<Json>(
  { sbp: 150 },
  { sbp: 190 },
  { substances24h: true },
  { escortReachable: false },
  { newMedicines: ['opioid'] },
  { cssrs: { q1: true, q2: true, q3: true, q4: true, q5: false, q6: false } },
);

/** Answers that end a journey or a series; said every time, most journeys would not get to their doses. */
const FINAL: ReadonlySet<string> = new Set(['not-fit', 'refused', 'decline', 'declined', 'none', 'stop']);

/** Answers that go on for ever when they are given every time, and so they should. */
const ENDLESS: ReadonlySet<string> = new Set(['extend', 'no-show', 'cancelled']);

const weightOf = (task: TaskKind, answer: string): number => {
  if (task === 'partner-offer') return 3;
  return FINAL.has(answer) ? 1 : 3;
};

const answersTo = (task: TaskKind): fc.Arbitrary<string> => {
  const [first, ...others] = TASKS[task].options;
  return weighted<string>([4, first], ...others.map((each) => [weightOf(task, each), each] as const));
};

const dataOf = (task: TaskKind, answer: string, check: Json): Json | undefined => {
  if (task === 'dosing-day-check' && answer === 'proceed') return check;
  return task === 'next-step' && answer === 'extend' ? { doses: 1 } : undefined;
};

/** Whoever does not acknowledge a page is paged every few minutes, and so is everybody else: weeks of it would be ten thousands of messages. */
const takes = (task: TaskKind): fc.Arbitrary<string> => (task === 'acknowledge-safety' ? minutes(3000) : waits);

const silent = (task: TaskKind) =>
  fc
    .record({ occurrence: seldom(fc.integer({ min: 1, max: 4 }), 1), role: seldom(fc.constantFrom(...ROLES), 6) })
    .map(({ occurrence, role }) => compact({ task, occurrence, role, never: true }));

const answering = (task: TaskKind) =>
  fc
    .record({
      often: seldom(fc.constant(true), 2),
      occurrence: fc.integer({ min: 1, max: 4 }),
      after: seldom(takes(task), 1),
      answer: answersTo(task),
      check: checks,
    })
    .map(({ often, occurrence, after, answer, check }) =>
      compact({
        task,
        // What repeats a step is final the fourth time: said every time it ends the journey.
        occurrence: often === true && !ENDLESS.has(answer) ? undefined : occurrence,
        after,
        answer,
        reason: answer === 'overridden' || answer === 'waived' ? 'as agreed' : undefined,
        data: dataOf(task, answer, check),
      }),
    );

/** What comes with every dose is answered often, and what goes wrong there matters most. */
const kinds = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...TASK_KINDS) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<TaskKind>(
      'dosing-day-check',
      'record-dose',
      'discharge',
      'home-safe',
      'next-day-check-in',
      'record-integration',
      'integration-overdue',
      'gate-review',
      'next-step',
      'partner-offer',
      'safety-decision',
      'safety-follow-up',
    ),
  },
);

/** Somebody who answers late, otherwise or never. */
export const rules: fc.Arbitrary<Json> = kinds.chain((task) =>
  fc.oneof({ weight: 5, arbitrary: answering(task) }, { weight: 1, arbitrary: silent(task) }),
);

/** Paged, or waited for by another task: asked until somebody answers, however long that takes, as what must be decided is. */
const ANSWERED_AT_LAST: ReadonlySet<TaskKind> = new Set([...UNTIL_DECIDED, 'acknowledge-safety', 'call-patient']);

/** One task that everybody who is asked leaves unanswered until it expires. */
export const silences: fc.Arbitrary<Json[]> = fc
  .constantFrom(...TASK_KINDS.filter((kind) => !ANSWERED_AT_LAST.has(kind)))
  .map((task) => ROLES.map((role) => ({ task, role, occurrence: 1, never: true })));
