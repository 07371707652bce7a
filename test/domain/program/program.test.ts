import { describe, expect, test } from 'vitest';
import { parseClinic } from '../../../functions/domain/clinic/clinic.ts';
import { MOST_PROBLEMS, parseInput } from '../../../functions/domain/problems.ts';
import { inStage } from '../../../functions/domain/program/pace.ts';
import { Program, parseProgram } from '../../../functions/domain/program/program.ts';
import { figuresWithoutProvenance, programPaths, provenanceOf } from '../../../functions/domain/program/provenance.ts';
import { mostDoses, series, stageBounds } from '../../../functions/domain/program/series.ts';
import { dueInOf, roleOf, unmetNeeds } from '../../../functions/domain/program/staffing.ts';
import { approximateSeconds } from '../../../functions/domain/program/values.ts';
import { problems, programFile } from './files.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests spoil files in ways that no type allows
type Spoil = (program: any) => void;
const spoilt = (spoil: Spoil): string[] => {
  const program = programFile('northwest-iv.json');
  spoil(program);
  return problems(() => parseProgram(program));
};

describe('northwest-iv', () => {
  const program = parseProgram(programFile('northwest-iv.json'));

  test('carries each of its 23 statements in a part of the program that exists', () => {
    expect(program.promises?.map(({ statement }) => statement)).toEqual(Array.from({ length: 23 }, (_, n) => n + 1));
  });

  test('keeps the promises that have figures', () => {
    expect(program.integration).toMatchObject({
      perDose: 1,
      window: { opens: 'PT24H', closes: 'PT48H' },
      licensed: true,
      provider: 'partner',
      requiredBeforeNextDose: true,
    });
    expect(program.dosing).toMatchObject({ route: 'iv', duration: 'PT90M', supervisor: 'provider' });
    expect(program.gates.commitment).toEqual(['open-to-reflection', 'will-attend-integration']);
    expect(program.gates.booking).toEqual(
      expect.arrayContaining(['preparation-complete', 'integration-window', 'integration-owed']),
    );
    expect(mostDoses(program.series)).toBe(6);
    expect(program.measures.map(({ id, at }) => [id, at.includes('baseline'), at.includes('series')])).toEqual([
      ['phq9', true, true],
      ['gad7', true, true],
    ]);
  });

  test('every figure names a source, or says that the clinic must confirm it', () => {
    expect(figuresWithoutProvenance(program)).toEqual([]);
    expect(provenanceOf(program.provenance, 'integration.window.opens')).toEqual({ source: ['S1'] });
  });

  test('each origin is needed: without any one of them the program is refused, or another around it answers', () => {
    for (const path of Object.keys(program.provenance)) {
      const { [path]: gone, ...rest } = program.provenance;
      const left = figuresWithoutProvenance({ ...program, provenance: rest });
      const around = provenanceOf(rest, path);
      expect({ path, needed: left.length > 0 || (around !== undefined && gone !== undefined) }).toEqual({
        path,
        needed: true,
      });
    }
  });

  test('runs in the default clinic', () => {
    expect(unmetNeeds(program, parseClinic(programFile('clinic/clinic.json')))).toEqual([]);
  });

  test('is not run by a clinic without a nurse or an equipped room', () => {
    const clinic = parseClinic(programFile('clinic/clinic.json'));
    const practitioners = clinic.practitioners.filter(({ id }) => id !== 'nurse-1');
    expect(unmetNeeds(program, { ...clinic, practitioners, rooms: [] })).toEqual([
      'clinic.practitioners: nobody has the role "nurse"; northwest-iv needs it for dosing',
      expect.stringMatching(/^clinic\.rooms: no room has private-room, /),
    ]);
  });

  test('asks the default role and takes the clinic time unless it says otherwise', () => {
    const clinic = parseClinic(programFile('clinic/clinic.json'));
    expect(roleOf(program, 'record-dose')).toBe('nurse');
    expect(roleOf({ tasks: { roles: { 'record-dose': 'therapist' } } }, 'record-dose')).toBe('therapist');
    expect(dueInOf(program, clinic, 'dosing-day-check')).toBe('PT30M');
    expect(dueInOf({ tasks: { dueIn: { 'dosing-day-check': 'PT1H' } } }, clinic, 'dosing-day-check')).toBe('PT1H');
  });
});

describe('a program that cannot be run is refused with the path, what was found and what is allowed', () => {
  const cases: [string, Spoil, string | RegExp][] = [
    [
      'a window that closes before it opens',
      (p) => {
        p.integration.window = { opens: 'PT48H', closes: 'PT24H' };
      },
      'northwest-iv.integration.window: closes (PT24H) before it opens (PT48H); closes at or after opens',
    ],
    [
      'a hold before the window closes',
      (p) => {
        p.integration.holdAfter = 'PT47H';
      },
      'northwest-iv.integration.holdAfter: PT47H is before the window closes (PT48H); at or after it',
    ],
    [
      'spacing upside down',
      (p) => {
        p.series.spacing.min = 'P8D';
      },
      'northwest-iv.series.spacing.min: P8D is longer than max (P7D); at most max',
    ],
    [
      'a stage whose doses would wait for an integration that comes too late for them',
      (p) => {
        p.series.stages = [{ doses: 6, spacing: { min: 'PT8H', max: 'PT20H', perWeek: 7 } }];
      },
      'northwest-iv.series.stages[0].spacing.max: PT20H ends before the integration may start (PT24H); at least that',
    ],
    [
      'a negative duration',
      (p) => {
        p.dosing.before = '-PT1H';
      },
      'northwest-iv.dosing.before: found "-PT1H"; allowed: an ISO-8601 duration from PT0S to P10Y such as PT24H or P7D',
    ],
    [
      'no duration',
      (p) => {
        p.dosing.duration = '90 min';
      },
      /^northwest-iv\.dosing\.duration: found "90 min"; allowed: an ISO-8601 duration longer than PT0S/,
    ],
    [
      'a duration of nothing where one is needed',
      (p) => {
        p.dosing.duration = 'PT0M';
      },
      /^northwest-iv\.dosing\.duration: found "PT0M"/,
    ],
    [
      'an endless duration',
      (p) => {
        p.followUps = ['P11Y'];
      },
      /^northwest-iv\.followUps\[0\]: found "P11Y"; allowed: .*at most P10Y/,
    ],
    [
      'an unknown role',
      (p) => {
        p.consult.role = 'wizard';
      },
      'northwest-iv.consult.role: unknown role "wizard"; one of coordinator, nurse, therapist, provider, medical-director',
    ],
    [
      'an unknown task',
      (p) => {
        p.tasks.dueIn = { wave: 'P1D' };
      },
      /^northwest-iv\.tasks\.dueIn: unknown key "wave"; one of book-appointment, /,
    ],
    [
      'an unknown message',
      (p) => {
        p.reminders[0].message = 'shout';
      },
      /^northwest-iv\.reminders\[0\]\.message: unknown message "shout"; one of page, /,
    ],
    [
      'a message to staff',
      (p) => {
        p.reminders[0].message = 'digest';
      },
      'northwest-iv.reminders[0].message: "digest" goes to staff; a message for patients or chaperones',
    ],
    [
      'an unknown gate',
      (p) => {
        p.gates.lunch = [];
      },
      /^northwest-iv\.gates: unknown key "lunch"; one of commitment, /,
    ],
    [
      'a check of another gate',
      (p) => {
        p.gates.booking.push('DD-09');
      },
      /^northwest-iv\.gates\.booking\[11\]: unknown entry "DD-09"; one of clearance-valid, /,
    ],
    [
      'a gate that asks nothing',
      (p) => {
        p.gates['pre-dose'] = [];
      },
      'northwest-iv.gates.pre-dose: is empty; at least one check',
    ],
    [
      'a commitment that nobody asked for',
      (p) => {
        p.fit.questions.pop();
      },
      'northwest-iv.gates.commitment: check will-attend-integration and required question willAttendIntegration go together; both or neither',
    ],
    [
      'a clearance that no gate checks',
      (p) => {
        p.gates.clearance.pop();
      },
      'northwest-iv.gates.clearance: check psychologically-cleared and the psychological clearance go together; both or neither',
    ],
    [
      'a clearance with the other task',
      (p) => {
        p.clearances[0].task = 'psychological-clearance';
      },
      /^northwest-iv\.clearances\[0\]\.task: belongs to the other kind of clearance/,
    ],
    [
      'an evaluation beyond the series',
      (p) => {
        p.series.evaluateAfter = [3, 7];
      },
      'northwest-iv.series.evaluateAfter[1]: dose 7 is beyond the series; at most 6',
    ],
    [
      'evaluations out of order',
      (p) => {
        p.series.evaluateAfter = [6, 3];
      },
      'northwest-iv.series.evaluateAfter[1]: dose 3 does not follow 6; in rising order',
    ],
    [
      'a response rule beyond the series',
      (p) => {
        p.response[0].afterDoses = 9;
      },
      'northwest-iv.response[0].afterDoses: dose 9 is beyond the series; at most 6',
    ],
    [
      'a response by an instrument that is not asked',
      (p) => {
        p.response[0].measure = 'who5';
      },
      'northwest-iv.response[0].measure: the program does not ask "who5"; one of phq9, gad7',
    ],
    [
      'a time that does not exist',
      (p) => {
        p.reminders[0].at = '24:10';
      },
      'northwest-iv.reminders[0].at: found "24:10"; allowed: a time from 00:00 to 23:59',
    ],
    [
      'a wall time with an offset in hours',
      (p) => {
        p.reminders[7].at = '10:00';
      },
      'northwest-iv.reminders[7].at: does not go with an offset in hours (PT24H); only with days',
    ],
    [
      'a message that is useless before it is due',
      (p) => {
        p.reminders[0].usefulUntil = '-P2D';
      },
      'northwest-iv.reminders[0].usefulUntil: -P2D is before the message is due (-P1D); at or after offset',
    ],
    [
      'two reminders of one id',
      (p) => {
        p.reminders[1].id = p.reminders[0].id;
      },
      /^northwest-iv\.reminders\[1\]\.id: "consult-day-before" is taken/,
    ],
    [
      'a supervisor outside the room',
      (p) => {
        p.dosing.roles = ['nurse'];
      },
      'northwest-iv.dosing.supervisor: "provider" is not in the room; one of nurse',
    ],
    [
      'esketamine at home',
      (p) => {
        p.dosing.route = 'intranasal_esketamine';
        p.dosing.setting = 'home';
      },
      'northwest-iv.dosing.setting: esketamine is given in the clinic only; setting "clinic" and remoteAllowed false',
    ],
    [
      'an item of no check',
      (p) => {
        p.dischargeChecklist[0].check = 'hungry';
      },
      /^northwest-iv\.dischargeChecklist\[0\]\.check: unknown check "hungry"; one of observed, /,
    ],
    [
      'phases out of order',
      (p) => {
        p.phases.reverse();
      },
      /^northwest-iv\.phases: found completion, .*; allowed: consult, screening, /,
    ],
    [
      'a figure without origin',
      (p) => {
        delete p.provenance['integration.window'];
        delete p.provenance.integration;
      },
      'northwest-iv.integration.window.opens: is a figure without origin; provenance["integration.window.opens"] with a source, or "clinicalDecision": "confirm"',
    ],
    [
      'an origin of nothing',
      (p) => {
        p.provenance['integration.tea'] = { clinicalDecision: 'confirm' };
      },
      'northwest-iv.provenance.integration.tea: leads nowhere; a path of this program',
    ],
    [
      'an origin that says nothing',
      (p) => {
        p.provenance.dosing = { note: 'somebody said so' };
      },
      'northwest-iv.provenance.dosing: says nothing; a source, or "clinicalDecision": "confirm"',
    ],
    [
      'an unknown source',
      (p) => {
        p.provenance.dosing = { source: ['S99'] };
      },
      /^northwest-iv\.provenance\.dosing\.source: unknown source "S99"; one of S1, /,
    ],
    [
      'a promise that nothing carries',
      (p) => {
        p.promises[0].carriedBy = ['tea'];
      },
      'northwest-iv.promises[0].carriedBy: "tea" leads nowhere; a path of this program',
    ],
    [
      'an unknown key',
      (p) => {
        p.clearances[0].colour = 'red';
      },
      'northwest-iv.clearances[0]: unknown key "colour"; one of kind, task, role, validFor, renewBefore, dueIn',
    ],
    [
      'a missing part',
      (p) => {
        delete p.plan;
      },
      'northwest-iv.plan: missing; allowed: an object',
    ],
    [
      'a stage that is neither',
      (p) => {
        p.series.stages = ['six'];
      },
      'northwest-iv.series.stages[0]: found "six"; allowed: an object',
    ],
    [
      'a stage that ends before it begins',
      (p) => {
        p.series.stages = [{ doses: { min: 8, max: 6 }, after: 'next-step' }];
      },
      'northwest-iv.series.stages[0].doses.min: is more than max; at most max',
    ],
    [
      'version 0',
      (p) => {
        p.version = 0;
      },
      'northwest-iv.version: found 0; allowed: at least 1',
    ],
  ];
  test.each(cases)('%s', (_, spoil, problem) => {
    const found = spoilt(spoil);
    expect(found).toContainEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
  });

  test.each([
    [null, 'null'],
    [[], 'a list of 0'],
    ['text', '"text"'],
    [7, '7'],
  ])('%j instead of a program', (value, found) => {
    expect(problems(() => parseProgram(value))).toEqual([`program: found ${found}; allowed: an object`]);
  });

  test('each problem has its own line, and no line breaks', () => {
    const found = spoilt((p) => {
      p.consult.role = 'a\nb';
      p.version = -1;
      p.title = 'x'.repeat(5000);
    });
    expect(found).toHaveLength(3);
    for (const line of found) expect(line).toMatch(/^[^\n]{1,300}$/);
  });

  test('of very many problems the first are told, and how many more there are', () => {
    const found = spoilt((p) => {
      p.consents = Array.from({ length: 5000 }, () => 'x');
    });
    expect(found).toHaveLength(MOST_PROBLEMS + 1);
    expect(found.at(-1)).toMatch(/^northwest-iv: and \d+ problems more$/);
  });
});

describe('series', () => {
  const of = (stages: unknown[]) =>
    parseInput(series, { stages, spacing: { min: 'P2D', max: 'P7D', perWeek: 1 }, evaluateAfter: [] }, 'series');
  test.each([
    ['a fixed number', [{ doses: 6 }], [{ min: 6, max: 6 }]],
    ['one to three', [{ doses: { min: 1, max: 3 }, after: 'next-step' }], [{ min: 1, max: 3 }]],
    [
      'two, then six to eight more',
      [{ doses: 2 }, { doses: { min: 6, max: 8 }, after: 'next-step' }],
      [
        { min: 2, max: 2 },
        { min: 8, max: 10 },
      ],
    ],
    [
      'two, then up to six to eight in all',
      [{ doses: 2 }, { doses: { min: 6, max: 8 }, after: 'next-step', counts: 'whole-series' }],
      [
        { min: 2, max: 2 },
        { min: 6, max: 8 },
      ],
    ],
  ])('%s', (_, stages, bounds) => {
    expect(stageBounds(of(stages).stages)).toEqual(bounds);
  });
});

test('a stage has the pace of its own where it names one, and else that of the series', () => {
  const slow = { min: 'P30D', max: 'P60D', perWeek: 1 };
  const file = programFile('northwest-iv.json');
  file.series.stages = [{ doses: 6 }, { doses: { min: 1, max: 6 }, after: 'next-step', spacing: slow }];
  file.provenance['series.stages'] = { clinicalDecision: 'confirm' };
  const program = parseProgram(file);
  expect([0, 1, 2].map((stage) => inStage(program, stage).series.spacing)).toEqual([
    program.series.spacing,
    slow,
    program.series.spacing,
  ]);
});

describe('durations', () => {
  test.each([
    ['PT24H', 86_400],
    ['P1D', 86_400],
    ['-P1D', -86_400],
    ['P1W', 604_800],
    ['PT1H30M', 5400],
    ['PT0S', 0],
    ['P1Y2M3DT4H5M6S', 37_091_106],
  ])('%s is %d seconds', (text, seconds) => {
    expect(approximateSeconds(text)).toBe(seconds);
  });
  test.each(['', 'P', 'PT', 'P1', '1D', 'P1H', 'PT1D', 'P1.5D', 'p1d', 'P-1D', ' P1D', 'P1D '])(
    '"%s" is none',
    (text) => {
      expect(approximateSeconds(text)).toBeNaN();
    },
  );
});

test('paths of a program go by id where entries have one', () => {
  const paths = programPaths(programFile('northwest-iv.json'));
  expect(paths).toContain('reminders.session-day-before.offset');
  expect(paths).toContain('clearances.0.validFor');
  expect(paths).not.toContain('provenance');
});

test('what the schema reads it reads again', () => {
  const once = parseProgram(programFile('northwest-iv.json'));
  expect(Program.parse(once)).toEqual(once);
});
