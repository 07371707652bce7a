import { type Definition, innerScopes, type Scope, type State } from '../workflow-lint/definition.ts';
import { taskOf } from '../workflow-lint/tasks.ts';
import { drawnStates, waysOf } from './ways.ts';

/** Mermaid reads `#quot;` as a quotation mark; anything else in quotation marks is text. */
const label = (text: string) => `"${text.replaceAll('"', '#quot;')}"`;

const shape = (name: string, state: State): string => {
  switch (state.Type) {
    case 'Choice':
      return `{${label(name)}}`;
    case 'Succeed':
    case 'Fail':
      return `([${label(name)}])`;
    case 'Task': {
      const task = taskOf(state);
      if ('problem' in task) return `[${label(name)}]`;
      if (task.kind === 'machine') return `[[${label(`${name}<br/>(${task.calls})`)}]]:::machine`;
      return task.kind === 'callback' ? `[/${label(name)}/]:::wait` : `[${label(name)}]`;
    }
    default:
      return `(${label(name)})`;
  }
};

const arrow = ({ words, dotted }: { readonly words?: string; readonly dotted?: boolean }) =>
  `${dotted === true ? '-.->' : '-->'}${words === undefined ? '' : `|${label(words)}|`}`;

/** Ids are counted: names hold spaces and question marks. */
const counter = () => {
  let last = 0;
  return (letter: string) => {
    last += 1;
    return `${letter}${last}`;
  };
};

const drawScope = (scope: Scope, indent: string, newId: (letter: string) => string): readonly string[] => {
  const states = drawnStates(scope);
  const ids = new Map(states.map(([name]) => [name, newId('s')]));
  const start = newId('start');
  const lines = [`${indent}${start}(( )) --> ${ids.get(scope.StartAt)}`];
  for (const [name, state] of states) {
    const id = ids.get(name) ?? '';
    const inner = innerScopes(state);
    if (inner.length === 0) lines.push(`${indent}${id}${shape(name, state)}`);
    else {
      const each = state.Type === 'Map' ? `${name} (for each)` : `${name} (at the same time)`;
      lines.push(
        `${indent}subgraph ${id}[${label(each)}]`,
        ...inner.flatMap((branch) => drawScope(branch, `${indent}  `, newId)),
        `${indent}end`,
      );
    }
  }
  for (const [name, state] of states)
    for (const { to, ...way } of waysOf(state)) lines.push(`${indent}${ids.get(name)} ${arrow(way)} ${ids.get(to)}`);
  return lines;
};

/** A Mermaid flowchart of one machine: questions are rhombs, waits lean, machines inside have double sides. */
export const mermaidOf = (definition: Definition): string =>
  [
    'flowchart TD',
    ...drawScope(definition, '  ', counter()),
    '  classDef wait stroke-dasharray: 4 3',
    '  classDef machine stroke-width: 2px',
  ].join('\n');
