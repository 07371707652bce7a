import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { machineNames } from '../../functions/contracts/deployment.ts';
import { workflowProblems } from '../../infra/constructs/workflow-problems.ts';
import { machineTasks } from '../../infra/machine-tasks.ts';
import { readmeOf } from '../../infra/workflow-drawing/readme.ts';
import { parseDefinition, workflowFiles } from '../../infra/workflow-lint/definition.ts';
import { findingLine } from '../../infra/workflow-lint/finding.ts';
import { lintWorkflow } from '../../infra/workflow-lint/lint.ts';
import { workflowTexts } from '../../infra/workflow-texts.ts';

const files = workflowFiles();
const texts = workflowTexts();

describe('The state machines in workflows/', () => {
  it('are the eight that the table of machines names', () => {
    expect(files.map(({ machine }) => machine)).toEqual([...machineNames].sort());
  });

  it.each(files)('$file has no findings', ({ file, text }) => {
    expect(lintWorkflow(text).map((finding) => findingLine(file, finding))).toEqual([]);
  });

  it.each(machineNames)('%s calls what it is permitted to call, and nothing else', (name) => {
    expect(workflowProblems(texts[name], parseDefinition(texts[name]), machineTasks[name])).toEqual([]);
  });

  it('are drawn in workflows/README.md as they are now: npm run draw', () => {
    expect(readFileSync(join(import.meta.dirname, '../../workflows/README.md'), 'utf8')).toBe(readmeOf(files));
  });
});
