import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseProgram } from '../../functions/domain/program/program.ts';
import { migrateCommand } from '../../operations/migrate/command-line.ts';
import { journeyLines } from '../../operations/migrate/print.ts';
import { programFile } from '../domain/program/files.ts';
import { another, sceneAt, type World, worldOf } from '../support/scenes.ts';
import { HERE, opened, ran } from './opened.ts';

// The journey behind every scene is rehearsed once.
beforeAll(() => sceneAt('the first dose is to be booked'), 60_000);

const FIRST = parseProgram(programFile('northwest-iv.json'));
const SECOND = parseProgram({
  ...programFile('northwest-iv.json'),
  version: 2,
  integration: { ...FIRST.integration, window: { opens: 'PT24H', closes: 'PT72H' } },
  gates: { ...FIRST.gates, booking: [...FIRST.gates.booking, 'remote-allowed'] },
});

const BY = ['--by', 'medical-director-1', '--reason', 'a longer window'];

let world: World;
afterEach(() => {
  for (const each of worlds.splice(0)) each.close();
});
const worlds: World[] = [];

/** One patient who is to get a first dose booked, and one who is in the treatment room. */
const inFlight = async () => {
  const booking = await sceneAt('the first dose is to be booked');
  const dosing = another(await sceneAt('the dose is to be recorded'), 'jdosing');
  world = await worldOf(booking, dosing);
  worlds.push(world);
  return {
    id: booking.journeyId,
    migrate: (...args: string[]) => ran(migrateCommand, opened(world, SECOND), ...args, ...HERE),
  };
};

describe('migrate --preview', () => {
  it('says what the version says otherwise, and of every journey in flight what would change or why it stays', async () => {
    const { id, migrate } = await inFlight();
    const before = await world.read.state();
    const { status, out, err } = await migrate('--preview', '--to', '2');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('What version 2 of northwest-iv says otherwise than version 1:\n  Integration\n    - ');
    expect(out.split('\n').slice(out.split('\n').indexOf('Journeys in flight on another version: 2'))).toEqual([
      'Journeys in flight on another version: 2',
      `${id} (series, version 1) would go on by version 2`,
      '  gate booking asks besides: remote-allowed',
      'jdosing (series, version 1) stays: dose 1 is under way; once the patient is discharged',
      '',
    ]);
    expect(await world.read.state()).toEqual(before);
  });

  it('says the same as one JSON object, of the named journeys alone', async () => {
    const { id, migrate } = await inFlight();
    const { out } = await migrate('--preview', '--to', '2', '--program', 'northwest-iv', '--journey', id, '--json');
    expect(JSON.parse(out)).toMatchObject({
      program: 'northwest-iv',
      to: 2,
      journeys: [{ journeyId: id, from: 1, phase: 'series', refused: [], gates: [{ gate: 'booking' }] }],
    });
  });
});

describe('migrate', () => {
  it('moves the named journey by a clinician’s decision, keeps who and why, and the second time says that it is done', async () => {
    const { id, migrate } = await inFlight();
    const moved = await migrate('--to', '2', '--journey', id, ...BY);
    expect(moved).toMatchObject({ status: 0, err: '' });
    expect(moved.out).toContain(`${id} (series, version 1) goes on by version 2\n`);
    expect((await world.read.journey())?.program).toEqual({ id: 'northwest-iv', version: 2 });
    expect(await world.read.entries()).toContainEqual({
      kind: 'program',
      from: 1,
      to: 2,
      by: 'medical-director-1',
      reason: 'a longer window',
    });
    expect(await migrate('--to', '2', '--journey', id, ...BY)).toMatchObject({
      status: 1,
      out: `${id} (series, version 2) stays: the journey is on version 2 already\n`,
    });
  });

  it('moves nobody to a version that the functions do not carry: they would stop at their next step', async () => {
    const { id } = await inFlight();
    const carrying = (...all: string[]) => ({ ...opened(world, SECOND), carried: async () => all });
    const move = ['--to', '2', '--journey', id, ...BY, ...HERE];
    expect(await ran(migrateCommand, carrying('northwest-iv 1', 'three-phase 1'), ...move)).toEqual({
      status: 2,
      out: '',
      err: 'options.to: version 2 of northwest-iv is not deployed; deploy it first (there are northwest-iv 1, three-phase 1)\n',
    });
    expect((await world.read.journey())?.program.version).toBe(1);
    expect((await ran(migrateCommand, carrying('northwest-iv 1', 'northwest-iv 2'), ...move)).status).toBe(0);
  });

  it('leaves one that may not go over as it is, with status 1', async () => {
    const { migrate } = await inFlight();
    expect((await migrate('--to', '2', '--journey', 'jdosing', ...BY)).status).toBe(1);
    expect((await world.read.journey('jdosing'))?.program.version).toBe(1);
  });

  const wrong: [string, string[], string][] = [
    ['without a version', ['--preview'], 'options.to: missing; the number of a version'],
    [
      'with a version that is no number',
      ['--preview', '--to', 'new'],
      'options.to: found "new"; the number of a version',
    ],
    [
      'with a version that nobody has',
      ['--preview', '--to', '7'],
      'options.to: no program has a version 7 beside another; there are northwest-iv 1, three-phase 1, two-then-extend 1, therapist-led 1, moderate-high 1, northwest-iv 2',
    ],
    [
      'for a program that nobody has',
      ['--preview', '--to', '2', '--program', 'ours'],
      'options.program: unknown program "ours"; one of northwest-iv, three-phase, two-then-extend, therapist-led, moderate-high',
    ],
    [
      'for a journey that nobody has',
      ['--preview', '--to', '2', '--journey', 'j9'],
      'options.journey: there is no journey "j9"',
    ],
    [
      'with nothing named and nobody who decides',
      ['--to', '2'],
      'options.journey: missing; the journeys to move, or --preview\noptions.by: missing; the clinician who decides it\noptions.reason: missing; why',
    ],
    [
      'by somebody whom the clinic does not know',
      ['--to', '2', '--journey', 'jdosing', '--by', 'me', '--reason', 'x'],
      'options.by: unknown person "me"; one of nurse-1, provider-1',
    ],
    [
      'by somebody who is no clinician',
      ['--to', '2', '--journey', 'jdosing', '--by', 'coordinator-1', '--reason', 'x'],
      'options.by: coordinator-1 is coordinator and may not decide this; one of nurse-1',
    ],
    [
      'for two clinics',
      ['--preview', '--to', '2', '--stage', 'dev'],
      'options: --store is a clinic on this machine, the others name a deployed one; one of them',
    ],
  ];
  it.each(wrong)('%s says what is wrong, with status 2 and nothing on standard output', async (_what, args, said) => {
    const { migrate } = await inFlight();
    const { status, out, err } = await migrate(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(said);
  });
});

describe('One journey of a preview', () => {
  it('reads line by line, at the clinic’s clock', () => {
    const lines = journeyLines(
      {
        journeyId: 'j1',
        phase: 'series',
        from: 1,
        refused: [],
        doses: { were: 6, are: 4 },
        appointments: [
          {
            id: 'dosing-3',
            kind: 'dosing',
            startsAt: '2026-04-01T16:00:00.000Z',
            becomes: 'planned-anew',
            because: ['it takes 195 minutes in all, not 165'],
          },
          { id: 'follow-up-1', kind: 'follow-up', startsAt: '2026-04-03T16:00:00.000Z', becomes: 'stays', because: [] },
        ],
        messages: [
          {
            rule: 'a',
            message: 'reminder',
            audience: 'patient',
            appointment: 'dosing-3',
            becomes: 'gone',
            wasAt: '2026-03-31T16:00:00.000Z',
            at: null,
          },
          {
            rule: 'b',
            message: 'reminder',
            audience: 'chaperone',
            appointment: null,
            becomes: 'added',
            wasAt: null,
            at: '2026-03-31T16:00:00.000Z',
          },
          {
            rule: 'c',
            message: 'reminder',
            audience: 'patient',
            appointment: 'dosing-3',
            becomes: 'changed',
            wasAt: '2026-03-31T16:00:00.000Z',
            at: '2026-03-31T18:00:00.000Z',
          },
        ],
        gates: [{ gate: 'booking', added: ['remote-allowed'], dropped: [], wouldFail: ['spacing'], wouldPass: [] }],
        asked: {
          clearances: ['medical'],
          signatures: ['nurse'],
          cost: true,
          orders: [3],
          takenBack: ['answer-measure-phq9-week-2-1'],
        },
      },
      2,
      'America/Los_Angeles',
    );
    expect(lines).toEqual([
      'j1 (series, version 1) would go on by version 2',
      '  4 doses are planned, not 6',
      '  dosing-3 of 2026-04-01 09:00 is planned anew: it takes 195 minutes in all, not 165',
      '  follow-up-1 of 2026-04-03 09:00 stays',
      '  notice a to the patient about dosing-3 of 2026-03-31 09:00 is not sent',
      '  notice b to the chaperone is sent on 2026-03-31 09:00',
      '  notice c to the patient about dosing-3 is sent on 2026-03-31 11:00, not 2026-03-31 09:00',
      '  gate booking asks besides: remote-allowed; would not pass now: spacing',
      '  the medical clearance is asked for anew',
      '  the plan needs the signature of the nurse; no dose before that',
      '  the cost is to be acknowledged',
      '  the order of dose 3 is asked for anew: it was signed under other limits',
      '  task answer-measure-phq9-week-2-1 is taken back',
    ]);
  });
});
