import { existsSync } from 'node:fs';
import { toMs } from '../../../functions/domain/time/instants.ts';
import { bundledData, keptProgram } from '../../../functions/stores/bundled-library.ts';
import { consultOf } from '../../../local/clinic/consult.ts';
import { keptClinic } from '../../../local/clinic/kept-clinic.ts';
import { answering } from '../../../local/rehearsal/answers.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';

// A process that a test kills and starts again until its patient's first weeks are over: `node killed-clinic.ts FILE DAYS`.
const path = process.argv[2] ?? 'clinic.db';
const journeyId = 'j1x00001';
const scenario = await readScenario({ program: 'northwest-iv' });
const { program, patient, clinic: settings } = scenario;
const isFirst = !existsSync(path);

const clinic = await keptClinic({
  path,
  library: { ...bundledData(), clinic: settings, programs: [keptProgram(program)] },
  begin: toMs(scenario.start),
});
const people = answering(clinic, scenario);
clinic.onEvent((event) => people.hear(event));
if (isFirst || (await clinic.journey(journeyId)) === undefined)
  await clinic.journeys.requestConsult({ ...consultOf(patient, program, 'patient-1'), journeyId });
// Whoever was asked before the process died still has it to answer.
else for (const event of await clinic.events(journeyId)) people.hear(event);
process.stdout.write('begun\n');

await clinic.clock.run({ until: toMs(scenario.start) + Number(process.argv[3]) * 24 * 3_600_000 });
clinic.close();
