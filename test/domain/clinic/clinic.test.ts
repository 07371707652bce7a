import { describe, expect, test } from 'vitest';
import { parseClinic } from '../../../functions/domain/clinic/clinic.ts';
import { override } from '../../../functions/domain/clinic/override.ts';
import { TASK_KINDS } from '../../../functions/domain/names.ts';
import { figuresWithoutProvenance, programPaths } from '../../../functions/domain/program/provenance.ts';
import { parseRuleset } from '../../../functions/domain/screening/ruleset.ts';
import { problems, programFile } from '../program/files.ts';

const clinicFile = () => programFile('clinic/clinic.json');
// biome-ignore lint/suspicious/noExplicitAny: tests spoil files in ways that no type allows
type Spoil = (clinic: any) => void;

describe('the default clinic', () => {
  const clinic = parseClinic(clinicFile());

  test('has the people, rooms and partners that a rehearsal counts on', () => {
    expect(clinic.zone).toBe('America/Los_Angeles');
    expect(clinic.rooms.map(({ id }) => id)).toEqual(['room-1', 'room-2']);
    expect(clinic.practitioners.map(({ id, roles, partner }) => [id, ...roles, partner])).toEqual([
      ['coordinator-1', 'coordinator', undefined],
      ['nurse-1', 'nurse', undefined],
      ['provider-1', 'provider', undefined],
      ['provider-2', 'provider', undefined],
      ['medical-director-1', 'medical-director', undefined],
      ['therapist-1', 'therapist', undefined],
      ['therapist-11', 'therapist', 'partner-1'],
      ['therapist-12', 'therapist', 'partner-1'],
      ['therapist-21', 'therapist', 'partner-2'],
      ['therapist-22', 'therapist', 'partner-2'],
    ]);
    const saturdays = clinic.practitioners.filter(({ hours }) => hours.sat.length > 0).map(({ id }) => id);
    expect(saturdays).toEqual(['therapist-1']);
    expect(
      clinic.practitioners.every(({ hours }) => hours.mon[0]?.join() === '09:00,17:00' && hours.sun.length === 0),
    ).toBe(true);
  });

  test('pages at 0, 5, 10 and 25 minutes, then every 15', () => {
    expect(clinic.policy.safety.pages.map(({ after }) => after)).toEqual(['PT0S', 'PT5M', 'PT10M', 'PT25M']);
    expect(clinic.policy.safety.repeatEvery).toBe('PT15M');
  });

  test('gives every kind of task a due time', () => {
    expect(Object.keys(clinic.tasks.dueIn).toSorted()).toEqual(TASK_KINDS.toSorted());
  });

  test('every figure of its policy, ladders and due times names a source or waits to be confirmed', () => {
    const { policy, ladders, tasks, sending, provenance, sources } = clinic;
    expect(figuresWithoutProvenance({ policy, ladders, tasks, sending, provenance } as never)).toEqual([]);
    const paths = programPaths(clinicFile());
    expect(Object.keys(provenance).filter((path) => !paths.has(path))).toEqual([]);
    expect(
      Object.values(provenance)
        .flatMap(({ source }) => source ?? [])
        .filter((tag) => !(tag in sources)),
    ).toEqual([]);
  });

  test('every position that the screening table knows is one that the clinic may take, and changes nothing by default', () => {
    const { switches } = parseRuleset(programFile('screening/kap-screening.json'));
    for (const { switch: name, position } of switches) {
      const file = clinicFile();
      expect(file.policy.screening[name]).not.toBe(position);
      file.policy.screening[name] = position;
      expect(problems(() => parseClinic(file))).toEqual([]);
    }
    expect([...new Set(switches.map((each) => each.switch))].toSorted()).toEqual(
      Object.keys(clinic.policy.screening).toSorted(),
    );
  });
});

describe('clinic settings that cannot be true are refused', () => {
  const cases: [string, Spoil, string | RegExp][] = [
    [
      'an unknown zone',
      (c) => {
        c.zone = 'Mars/Olympus';
      },
      'clinic.zone: found "Mars/Olympus"; allowed: an IANA zone such as America/Los_Angeles',
    ],
    [
      'a fixed offset',
      (c) => {
        c.zone = '+08:00';
      },
      /^clinic\.zone: found "\+08:00"/,
    ],
    [
      'a date that does not exist',
      (c) => {
        c.holidays = ['2026-02-29'];
      },
      'clinic.holidays[0]: found "2026-02-29"; allowed: a date of the calendar such as 2026-07-03',
    ],
    [
      'hours that end before they begin',
      (c) => {
        c.hours.mon = [['17:00', '09:00']];
      },
      'clinic.hours.mon[0]: ends (09:00) before it begins (17:00); the later time second',
    ],
    [
      'hours that overlap',
      (c) => {
        c.hours.mon = [
          ['09:00', '12:00'],
          ['11:00', '17:00'],
        ];
      },
      'clinic.hours.mon[1]: begins (11:00) before the one ahead of it ends (12:00); in order, apart',
    ],
    [
      'hours that are no list',
      (c) => {
        c.hours.mon = '9-5';
      },
      'clinic.hours.mon: found "9-5"; allowed: a list',
    ],
    [
      'an unknown day',
      (c) => {
        c.hours.funday = [];
      },
      'clinic.hours: unknown key "funday"; one of mon, tue, wed, thu, fri, sat, sun',
    ],
    [
      'a person of an unknown practice',
      (c) => {
        c.practitioners[6].partner = 'partner-9';
      },
      'clinic.practitioners[6].partner: unknown partner "partner-9"; one of partner-1, partner-2',
    ],
    [
      'an unknown role',
      (c) => {
        c.practitioners[0].roles = ['wizard'];
      },
      'clinic.practitioners[0].roles[0]: unknown role "wizard"; one of coordinator, nurse, therapist, provider, medical-director',
    ],
    [
      'two people of one id',
      (c) => {
        c.practitioners[1].id = 'coordinator-1';
      },
      'clinic.practitioners[1].id: "coordinator-1" is taken by an entry before; each id once',
    ],
    [
      'a room nowhere',
      (c) => {
        c.rooms[0].location = 'moon';
      },
      'clinic.rooms[0].location: unknown location "moon"; one of main',
    ],
    [
      'nobody on call',
      (c) => {
        c.onCall = ['ghost'];
      },
      /^clinic\.onCall\[0\]: unknown practitioner "ghost"; one of coordinator-1, /,
    ],
    [
      'a ladder to nobody',
      (c) => {
        c.practitioners[1].roles = ['coordinator'];
      },
      /^clinic\.ladders\.coordinator\[0\]\.toRole: nobody has the role "nurse"; one of /,
    ],
    [
      'a missing due time',
      (c) => {
        delete c.tasks.dueIn.discharge;
      },
      /^clinic\.tasks\.dueIn\.discharge: missing; allowed: /,
    ],
    [
      'a licence of no state',
      (c) => {
        c.practitioners[1].licence.state = 'California';
      },
      'clinic.practitioners[1].licence.state: found "California"; allowed: two capital letters such as CA',
    ],
    [
      'a telling name',
      (c) => {
        c.name = 'Ketamine Palace';
      },
      /^clinic\.name: .*neutral name/,
    ],
    [
      'sending at night first',
      (c) => {
        c.sending = ['21:00', '08:00'];
      },
      'clinic.sending: ends (08:00) before it begins (21:00); the later time second',
    ],
    [
      'an unknown key',
      (c) => {
        c.motto = 'x';
      },
      /^clinic: unknown key "motto"; one of name, phone, zone, /,
    ],
    [
      'a block below the hold',
      (c) => {
        c.policy.bloodPressure.blockAbove.sbp = 120;
      },
      'clinic.policy.bloodPressure.blockAbove: is below holdAbove; at least as high',
    ],
  ];
  test.each(cases)('%s', (_, spoil, problem) => {
    const clinic = clinicFile();
    spoil(clinic);
    expect(problems(() => parseClinic(clinic))).toContainEqual(
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    );
  });

  test.each([
    [
      'sending at any hour',
      (c) => {
        c.sending = null;
      },
    ],
    [
      'no partner at all',
      (c) => {
        c.partners = [];
        c.practitioners = c.practitioners.slice(0, 6);
      },
    ],
  ] satisfies [string, Spoil][])('%s is allowed', (_, change) => {
    const clinic = clinicFile();
    change(clinic);
    expect(problems(() => parseClinic(clinic))).toEqual([]);
  });
});

describe('an override', () => {
  test('merges objects deeply, lists with ids by id, and replaces all else', () => {
    const base = {
      zone: 'a',
      hours: { mon: [1], tue: [2] },
      holidays: ['x'],
      rooms: [
        { id: 'one', kit: ['a', 'b'] },
        { id: 'two', kit: [] },
      ],
    };
    expect(
      override(base, { hours: { mon: [] }, holidays: ['y'], rooms: [{ id: 'two', kit: ['c'] }, { id: 'three' }] }),
    ).toEqual({
      zone: 'a',
      hours: { mon: [], tue: [2] },
      holidays: ['y'],
      rooms: [{ id: 'one', kit: ['a', 'b'] }, { id: 'two', kit: ['c'] }, { id: 'three' }],
    });
    expect(base.rooms[1]).toEqual({ id: 'two', kit: [] });
  });

  test('an empty list empties, null is a value, and nothing over nothing stays', () => {
    expect(override({ rooms: [{ id: 'one' }], sending: ['a'] }, { rooms: [], sending: null })).toEqual({
      rooms: [],
      sending: null,
    });
    expect(override({ a: 1 }, {})).toEqual({ a: 1 });
  });

  test('a key named like a prototype is only a key, which the schema then refuses', () => {
    const merged = override(clinicFile(), JSON.parse('{"__proto__": {"zone": "x"}}'));
    expect(problems(() => parseClinic(merged))[0]).toMatch(/^clinic: unknown key "__proto__"/);
    expect({}).not.toHaveProperty('zone');
  });

  test('somebody added needs no more than an id, roles and hours; a room no more than an id', () => {
    const over = {
      practitioners: [{ id: 'therapist-31', roles: ['therapist'], partner: 'partner-3' }],
      partners: [{ id: 'partner-3' }],
      rooms: [{ id: 'room-3' }],
    };
    const clinic = parseClinic(override(clinicFile(), over));
    expect(clinic.practitioners.at(-1)).toMatchObject({
      name: 'therapist-31',
      hours: clinic.hours,
      notifyBy: 'email',
      holidays: [],
    });
    expect(clinic.partners.at(-1)).toMatchObject({ name: 'partner-3', order: 3 });
    expect(clinic.rooms.at(-1)).toEqual({ id: 'room-3', location: 'main', kit: [] });
  });
});
