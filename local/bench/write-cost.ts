import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { oneMachine } from '../clinic/one-machine.ts';
import { rehearse } from '../rehearsal/run.ts';
import { readScenario } from '../rehearsal/scenario.ts';
import { countedPart, withCountedPart } from './cost-page.ts';

const page = fileURLToPath(new URL('../../docs/cost.md', import.meta.url));

const { executions, result } = await rehearse(await readScenario({ program: 'northwest-iv' }), oneMachine);
writeFileSync(page, withCountedPart(readFileSync(page, 'utf8'), countedPart(executions, result.cost)));
process.stdout.write(`docs/cost.md: ${result.cost.transitions} transitions\n`);
