import { existsSync, renameSync, rmSync } from 'node:fs';
import type { ConsultRequest } from '../../functions/contracts/consult-request.ts';
import type { LibraryData } from '../../functions/stores/bundled-library.ts';
import { answering } from '../rehearsal/answers.ts';
import { commanding } from '../rehearsal/commands.ts';
import { readScenario } from '../rehearsal/scenario.ts';
import { consultOf } from './consult.ts';
import { type KeptClinic, keptClinic } from './kept-clinic.ts';

export type DemoPatient = {
  readonly firstName: string;
  readonly program: string;
  /** How long ago the patient asked for a consult. */
  readonly daysAgo: number;
  /** What is not as in the program's default scenario; `ago` gives an instant before now from its hours. */
  readonly scenario?: (ago: (hours: number) => string) => Record<string, unknown>;
};

const inSpanish = () => ({ patient: { language: 'es' } });

/** Invented people, in every phase of every program; each of them answers in time until today, unless it says otherwise. */
export const PATIENTS: readonly DemoPatient[] = [
  { firstName: 'Avery', program: 'northwest-iv', daysAgo: 280 },
  { firstName: 'Marisol', program: 'three-phase', daysAgo: 230, scenario: inSpanish },
  {
    firstName: 'Jordan',
    program: 'northwest-iv',
    daysAgo: 120,
    scenario: (ago) => ({
      commands: [
        {
          at: ago(3),
          command: 'report-adverse-event',
          by: { role: 'nurse' },
          data: { grade: 2, description: 'headache' },
        },
      ],
    }),
  },
  { firstName: 'Noor', program: 'moderate-high', daysAgo: 75 },
  { firstName: 'Sasha', program: 'two-then-extend', daysAgo: 60 },
  { firstName: 'Emil', program: 'northwest-iv', daysAgo: 45, scenario: () => ({ patient: { therapist: 'own' } }) },
  { firstName: 'Priya', program: 'therapist-led', daysAgo: 40 },
  {
    firstName: 'Theo',
    program: 'three-phase',
    daysAgo: 24,
    scenario: (ago) => ({
      commands: [
        { at: ago(40), command: 'pause', by: { role: 'patient', id: 'patient' }, reason: 'away for some weeks' },
      ],
    }),
  },
  { firstName: 'Lucia', program: 'two-then-extend', daysAgo: 16, scenario: inSpanish },
  { firstName: 'Robin', program: 'therapist-led', daysAgo: 9 },
  {
    firstName: 'Casey',
    program: 'moderate-high',
    daysAgo: 9,
    scenario: () => ({ people: [{ task: 'medical-clearance', after: 'P30D' }] }),
  },
  { firstName: 'Dana', program: 'northwest-iv', daysAgo: 1 },
];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The clinic did not take the consult request of an invented patient. */
class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

const journeyIdOf = async (clinic: KeptClinic, request: ConsultRequest): Promise<string> => {
  const answer = await clinic.invoke('request-consult')(request);
  if (typeof answer === 'object' && answer !== null && 'journeyId' in answer) return String(answer.journeyId);
  throw new DemoRefused(request.requestId);
};

type Living = { readonly now: number; readonly patients: readonly DemoPatient[]; readonly stop: () => boolean };

const live = async (clinic: KeptClinic, { now, patients, stop }: Living): Promise<void> => {
  const people = new Map<string, ReturnType<typeof answering>>();
  const desks = new Map<string, ReturnType<typeof commanding>>();
  clinic.onEvent((event) => {
    people.get(event.journeyId)?.hear(event);
    desks.get(event.journeyId)?.hear(event);
  });
  const ago = (hours: number): string => new Date(now - hours * HOUR).toISOString();
  for (const [index, { firstName, program, daysAgo, scenario: over }] of patients.entries()) {
    if ((await clinic.clock.run({ until: now - daysAgo * DAY, stop })) === 'stopped') return;
    const scenario = await readScenario({ program, start: clinic.clock.now(), ...over?.(ago) });
    const patientId = `demo-${index + 1}`;
    const request = { ...consultOf(scenario.patient, scenario.program, patientId), firstName };
    const journeyId = await journeyIdOf(clinic, request);
    people.set(journeyId, answering(clinic, scenario));
    const desk = commanding(clinic, scenario);
    desks.set(journeyId, desk);
    desk.begin(journeyId, clinic.clock.now());
  }
  await clinic.clock.run({ until: now, stop });
  for (const each of people.values()) each.leave();
};

type Filling = {
  /** Where the links of the patients' messages are opened. */
  readonly address?: string;
  /** Told once the file can be written. */
  readonly onBegin?: () => void;
  /** Asked every so often whether to leave it. */
  readonly stop?: () => boolean;
};

/**
 * Fills a new file with invented patients, who have lived until `now` (milliseconds) in a few seconds of the virtual clock; gives
 * whether it did. The file gets its name when it is whole: a process that dies or is stopped meanwhile leaves no half-filled clinic.
 */
export const fillDemo = async (
  path: string,
  library: LibraryData,
  now: number,
  patients: readonly DemoPatient[] = PATIENTS,
  { address, onBegin, stop = () => false }: Filling = {},
): Promise<boolean> => {
  const unfinished = `${path}.filling`;
  const gone = (): void => {
    for (const end of ['', '-wal', '-shm', '-lock', '-notes', '-notes-wal', '-notes-shm'])
      rmSync(`${unfinished}${end}`, { force: true });
  };
  gone();
  const longest = Math.max(...patients.map(({ daysAgo }) => daysAgo));
  const clinic = await keptClinic({ path: unfinished, library, begin: now - longest * DAY, address: () => address });
  try {
    onBegin?.();
    await live(clinic, { now, patients, stop });
  } finally {
    clinic.close();
  }
  const isWhole = !stop();
  if (isWhole) renameSync(unfinished, path);
  gone();
  return isWhole;
};

export const isNew = (path: string): boolean => !existsSync(path);
