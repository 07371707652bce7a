import { describe, expect, it } from 'vitest';
import { mermaidOf } from '../../infra/workflow-drawing/mermaid.ts';
import { readmeOf } from '../../infra/workflow-drawing/readme.ts';
import { parseDefinition } from '../../infra/workflow-lint/definition.ts';
import { callTask, machineOf, runTask, waitTask } from './support/sample-definitions.ts';

const text = machineOf({
  'Check the gate': callTask('check-gate', { Next: 'May it go on?' }),
  'May it go on?': {
    Type: 'Choice',
    Choices: [
      { Condition: "{% $states.input.kind = 'passes' %}", Comment: 'Every check holds.', Next: 'Ask a person' },
      { Condition: "{% $states.input.kind = 'holds' %}", Next: 'Wait for "yes"' },
    ],
    Default: 'Done',
  },
  'Wait for "yes"': waitTask('wait-for-answer', {
    Next: 'Ask a person',
    Catch: [
      { ErrorEquals: ['States.Timeout'], Next: 'Done' },
      { ErrorEquals: ['States.ALL'], Next: 'Stop here' },
    ],
  }),
  'Ask a person': runTask('staff-task'),
});

describe('A drawing', () => {
  it('shows steps, questions, waits and machines, and leaves out what happens when a step fails for good', () => {
    expect(mermaidOf(parseDefinition(text)).split('\n')).toEqual([
      'flowchart TD',
      '  start6(( )) --> s1',
      '  s1["Check the gate"]',
      '  s2{"May it go on?"}',
      '  s3[/"Wait for #quot;yes#quot;"/]:::wait',
      '  s4[["Ask a person<br/>(staff-task)"]]:::machine',
      '  s5(["Done"])',
      '  s1 --> s2',
      '  s2 -->|"every check holds"| s4',
      '  s2 -->|"kind = \'holds\'"| s3',
      '  s2 -->|"otherwise"| s5',
      '  s3 --> s4',
      '  s3 -.->|"nobody answered in time"| s5',
      '  s4 --> s5',
      '  classDef wait stroke-dasharray: 4 3',
      '  classDef machine stroke-width: 2px',
    ]);
  });

  it('puts the branches of a Parallel into a frame', () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    const both = machineOf({
      'Do both': { Type: 'Parallel', Branches: [branch('Tell her'), branch('Tell him')], Next: 'Done' },
    });
    expect(mermaidOf(parseDefinition(both)).split('\n').slice(2, 8)).toEqual([
      '  subgraph s1["Do both (at the same time)"]',
      '    start5(( )) --> s4',
      '    s4("Tell her")',
      '    start7(( )) --> s6',
      '    s6("Tell him")',
      '  end',
    ]);
  });
});

describe('The README of the state machines', () => {
  it('has each machine with its Comment, its drawing and what every state calls', () => {
    const readme = readmeOf([{ machine: 'cycle', file: 'workflows/cycle.asl.json', text }]);
    expect(readme).toContain('- [cycle](#cycle): The clinic looks after one patient from the first call.');
    expect(readme).toContain('| Check the gate | `check-gate` | does it |');
    expect(readme).toContain('| Ask a person | [staff-task](#staff-task) | runs this machine to its end |');
    expect(readme).toContain('| Wait for "yes" | `wait-for-answer` | waits for an answer or a deadline |');
  });
});
