import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeOf } from './workflow-drawing/readme.ts';
import { workflowFiles } from './workflow-lint/definition.ts';

const path = join(import.meta.dirname, '../workflows/README.md');
const wanted = readmeOf(workflowFiles());
const current = existsSync(path) ? readFileSync(path, 'utf8') : '';

if (process.argv.includes('--check')) {
  if (current !== wanted) {
    console.error('workflows/README.md is not current: npm run draw');
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, wanted);
  console.log('workflows/README.md drawn');
}
