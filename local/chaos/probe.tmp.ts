import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { scenarios } from '/tmp/wt/chaos/local/chaos/scenarios.ts';
import { oneMachine } from '/tmp/wt/chaos/local/clinic/one-machine.ts';
import { programIds } from '/tmp/wt/chaos/local/programs/program-files.ts';
import { shortcomings } from '/tmp/wt/chaos/local/rehearsal/result.ts';
import { rehearse } from '/tmp/wt/chaos/local/rehearsal/run.ts';
import { readScenario } from '/tmp/wt/chaos/local/rehearsal/scenario.ts';

const [runs, seed, dir] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const list = fc.sample(scenarios(programIds()), { numRuns: runs, seed });
const count: Record<string, Record<string, number>> = {};
const add = (k: string, v: string) => {
  (count[k] ??= {})[v] = (count[k][v] ?? 0) + 1;
};
const t = performance.now();
let n = 0;
const bad: Record<string, string[]> = {};
for (const s of list) {
  n++;
  const t0 = performance.now();
  const { result, failure } = await rehearse(await readScenario(s), oneMachine, { record: false });
  const ms = performance.now() - t0;
  if (ms > 3000) add('slow', `${n}:${Math.round(ms)}`);
  const problems = [
    ...(failure === undefined ? [] : [String((failure as Error).stack)]),
    ...shortcomings(result),
    ...result.executions.filter((e) => e.status !== 'SUCCEEDED').map((e) => `execution ${e.name} ${e.status}`),
  ];
  const doses = result.entries.filter((e) => e.kind === 'dose' && e.event === 'started').length;
  add('outcome', result.outcome?.kind ?? 'none');
  add('doses', doses === 0 ? '0' : doses < 3 ? '1-2' : '3+');
  add('program', String(result.program.id) + (doses ? ' dosed' : ' not'));
  if (!doses) add('why not', `${result.outcome?.kind}: ${result.outcome?.reason}`);
  const seen = new Set<string>();
  for (const e of result.entries) {
    if (e.kind === 'command') seen.add(`${e.command} ${e.accepted ? 'accepted' : 'refused'}`);
    if (e.kind === 'task' && e.event === 'decided') seen.add(`answer ${e.task} ${e.answer}`);
    if (e.kind === 'task' && (e.event === 'opened' || e.event === 'expired' || e.event === 'escalated'))
      seen.add(`task ${e.task} ${e.event}`);
  }
  for (const x of seen) add(x.split(' ')[0] === 'answer' ? 'answers' : x.startsWith('task') ? 'tasks' : 'commands', x);
  add('entries', String(Math.floor(result.entries.length / 200) * 200));
  if (problems.length) {
    add('bad', 'yes');
    const key = problems[0]!.replace(/[0-9]+/g, 'N').slice(0, 200);
    (bad[key] ??= []).push(String(n));
    writeFileSync(`${dir}/bad-${seed}-${n}.json`, JSON.stringify(s, undefined, 1));
    writeFileSync(`${dir}/bad-${seed}-${n}.txt`, problems.join('\n'));
  }
}
const secs = (performance.now() - t) / 1000;
console.log(`${runs} in ${secs.toFixed(1)} = ${(runs / secs).toFixed(1)}/s cpu ${JSON.stringify(process.cpuUsage())}`);
for (const [k, v] of Object.entries(count))
  console.log(k, JSON.stringify(Object.fromEntries(Object.entries(v).sort((a, b) => b[1] - a[1])), undefined, 1));
for (const [k, v] of Object.entries(bad)) console.log(v.length, v.slice(0, 5).join(','), k);
