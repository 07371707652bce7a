import type { ChoiceRule } from './definition.ts';
import { arrayAt, loadEffects, objectAt, refuse, type Source, textAt } from './load-fields.ts';
import { expressionText, loadExpression } from './template.ts';

/** The rules of a Choice, in order. */
export const loadChoice = (source: Source): ChoiceRule[] => {
  const location = `${source.location}/Choices`;
  const rules = arrayAt(source.object.Choices, location);
  if (rules.length === 0) refuse('Choices must not be empty', location);
  return rules.map((value, index) => {
    const rule: Source = {
      object: objectAt(value, `${location}[${index}]`),
      location: `${location}[${index}]`,
      field: `Choices[${index}]`,
    };
    for (const key of Object.keys(rule.object))
      if (!['Condition', 'Next', 'Output', 'Assign', 'Comment'].includes(key))
        refuse(`Field '${key}' is not supported`, rule.location);
    const at = `${rule.location}/Condition`;
    const condition = rule.object.Condition;
    const text = expressionText(condition);
    if (text === undefined && typeof condition !== 'boolean') refuse('Expected a JSONata expression or a Boolean', at);
    return {
      condition: text === undefined ? condition === true : loadExpression(text, at, {}),
      field: `${rule.field}/Condition`,
      next: textAt(rule.object.Next, `${rule.location}/Next`),
      ...loadEffects(rule, {}),
    };
  });
};
