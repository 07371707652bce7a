import type { Task } from '../../functions/domain/journey/task.ts';
import type { Role } from '../../functions/domain/names.ts';
import type { Rule } from './requests.ts';

type Asked = Pick<Task, 'kind' | 'occurrence' | 'role'>;

/** A rule with a role is for that role alone; silence without a role is the task's own role's, so that the ladder is heard. */
const isFor = (rule: Rule, task: Asked, holder: Role): boolean => {
  if (rule.role !== undefined) return rule.role === holder;
  return rule.never !== true || holder === task.role;
};

/** The rule by which whoever holds the task now answers it: the first that matches. */
export const ruleFor = (rules: readonly Rule[], task: Asked, holder: Role): Rule | undefined =>
  rules.find(
    (rule) =>
      rule.task === task.kind &&
      (rule.occurrence === undefined || rule.occurrence === task.occurrence) &&
      isFor(rule, task, holder),
  );
