import { type NamedState, parseDefinition, statesOf, type WorkflowFile } from '../workflow-lint/definition.ts';
import { taskOf } from '../workflow-lint/tasks.ts';
import { mermaidOf } from './mermaid.ts';

const HEAD = `# State machines

Drawn by \`npm run draw\` from the \`.asl.json\` files; do not edit. \`npm run draw -- --check\` says whether it is current.

How to read the drawings: a box is a step that the system takes by itself; a leaning box with a dashed line waits for
somebody's answer or for a time; a box with double sides runs another machine to its end; a rhomb asks what came out; a
dotted arrow is what happens when nobody answers in time, or when the time has come that was waited for. Left out
everywhere: a step that fails for good, even after its repetitions, becomes a task for a person.`;

/** GitHub splits a table's cells at every bar. */
const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

const KINDS: Readonly<Record<string, string>> = {
  Choice: 'asks what came out',
  Pass: 'takes note',
  Succeed: 'ends',
  Fail: 'ends as failed',
  Parallel: 'does several things at the same time',
  Map: 'does the same for each',
};

const rowOf = ({ name, state }: NamedState): string => {
  const task = state.Type === 'Task' ? taskOf(state) : undefined;
  const [calls, kind] =
    task === undefined || 'problem' in task
      ? ['', KINDS[state.Type] ?? state.Type]
      : task.kind === 'machine'
        ? [`[${task.calls}](#${task.calls})`, 'runs this machine to its end']
        : [`\`${task.calls}\``, task.kind === 'callback' ? 'waits for an answer or a deadline' : 'does it'];
  return `| ${cell(name)} | ${calls} | ${cell(state.Comment ?? kind)} |`;
};

const sectionOf = ({ machine, text }: WorkflowFile): string => {
  const definition = parseDefinition(text);
  return [
    `## ${machine}`,
    definition.Comment ?? '',
    `\`\`\`mermaid\n${mermaidOf(definition)}\n\`\`\``,
    ['| state | function or machine | what it is |', '| --- | --- | --- |', ...statesOf(definition).map(rowOf)].join(
      '\n',
    ),
  ].join('\n\n');
};

/** The text of workflows/README.md. */
export const readmeOf = (files: readonly WorkflowFile[]): string => {
  const contents = files.map(
    ({ machine, text }) => `- [${machine}](#${machine}): ${parseDefinition(text).Comment ?? ''}`,
  );
  return `${[HEAD, contents.join('\n'), ...files.map(sectionOf)].join('\n\n')}\n`;
};
