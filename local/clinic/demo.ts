import { existsSync, renameSync, rmSync } from 'node:fs';
import type { ConsultRequest } from '../../functions/contracts/consult-request.ts';
import type { LibraryData } from '../../functions/stores/bundled-library.ts';
import { answering } from '../rehearsal/answers.ts';
import { readScenario } from '../rehearsal/scenario.ts';
import { consultOf } from './consult.ts';
import { type KeptClinic, keptClinic } from './kept-clinic.ts';

type DemoPatient = {
  readonly firstName: string;
  readonly program: string;
  /** How long ago the patient asked for a consult. */
  readonly daysAgo: number;
  /** What is not as in the program's default scenario. */
  readonly scenario?: Record<string, unknown>;
};

/** Invented people, in every phase of every program; each of them answers in time until today, unless it says otherwise. */
const PATIENTS: readonly DemoPatient[] = [
  { firstName: 'Avery', program: 'northwest-iv', daysAgo: 280 },
  { firstName: 'Marisol', program: 'three-phase', daysAgo: 230, scenario: { patient: { language: 'es' } } },
  { firstName: 'Jordan', program: 'northwest-iv', daysAgo: 120 },
  { firstName: 'Noor', program: 'moderate-high', daysAgo: 75 },
  { firstName: 'Sasha', program: 'two-then-extend', daysAgo: 60 },
  { firstName: 'Emil', program: 'northwest-iv', daysAgo: 45, scenario: { patient: { therapist: 'own' } } },
  { firstName: 'Priya', program: 'therapist-led', daysAgo: 40 },
  { firstName: 'Theo', program: 'three-phase', daysAgo: 24 },
  { firstName: 'Lucia', program: 'two-then-extend', daysAgo: 16, scenario: { patient: { language: 'es' } } },
  { firstName: 'Robin', program: 'therapist-led', daysAgo: 9 },
  { firstName: 'Casey', program: 'moderate-high', daysAgo: 5 },
  { firstName: 'Dana', program: 'northwest-iv', daysAgo: 1 },
];

const DAY = 24 * 3_600_000;

/** The clinic did not take the consult request of an invented patient. */
class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

const journeyIdOf = async (clinic: KeptClinic, request: ConsultRequest): Promise<string> => {
  const answer = await clinic.invoke('request-consult')(request);
  if (typeof answer === 'object' && answer !== null && 'journeyId' in answer) return String(answer.journeyId);
  throw new DemoRefused(request.requestId);
};

const live = async (clinic: KeptClinic, now: number): Promise<void> => {
  const people = new Map<string, ReturnType<typeof answering>>();
  clinic.onEvent((event) => people.get(event.journeyId)?.hear(event));
  for (const [index, { firstName, program, daysAgo, scenario: over }] of PATIENTS.entries()) {
    await clinic.clock.run({ until: now - daysAgo * DAY });
    const scenario = await readScenario({ program, start: clinic.clock.now(), ...over });
    const patientId = `demo-${index + 1}`;
    const request = { ...consultOf(scenario.patient, scenario.program, patientId), firstName };
    people.set(await journeyIdOf(clinic, request), answering(clinic, scenario));
  }
  await clinic.clock.run({ until: now });
  for (const each of people.values()) each.leave();
};

/**
 * Fills a new file with invented patients, who have lived until `now` (milliseconds) in a few seconds of the virtual clock.
 * The file gets its name when it is whole: a process that dies meanwhile leaves no half-filled clinic.
 */
export const fillDemo = async (path: string, library: LibraryData, now: number): Promise<void> => {
  const unfinished = `${path}.filling`;
  const gone = (): void => {
    for (const end of ['', '-wal', '-shm', '-lock']) rmSync(`${unfinished}${end}`, { force: true });
  };
  gone();
  const longest = Math.max(...PATIENTS.map(({ daysAgo }) => daysAgo));
  const clinic = await keptClinic({ path: unfinished, library, begin: now - longest * DAY });
  try {
    await live(clinic, now);
  } finally {
    clinic.close();
  }
  renameSync(unfinished, path);
  gone();
};

export const isNew = (path: string): boolean => !existsSync(path);
