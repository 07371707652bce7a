import { machineNames } from '../functions/contracts/deployment.ts';
import { workflowFiles } from './workflow-lint/definition.ts';
import { findingLine } from './workflow-lint/finding.ts';
import { lintWorkflow } from './workflow-lint/lint.ts';

const known: readonly string[] = machineNames;
const files = workflowFiles();
const lines = [
  ...files.flatMap(({ file, text }) => lintWorkflow(text).map((finding) => findingLine(file, finding))),
  ...files
    .filter(({ machine }) => !known.includes(machine))
    .map(({ file, machine }) => `${file}: functions/contracts/deployment.ts knows no machine "${machine}"`),
  ...known
    .filter((name) => !files.some(({ machine }) => machine === name))
    .map((name) => `workflows/${name}.asl.json: does not exist, but functions/contracts/deployment.ts names it`),
];

for (const line of lines) console.error(line);
if (lines.length > 0) process.exitCode = 1;
else console.log(`${files.length} state machines, no findings`);
