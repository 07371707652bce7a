import { beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '../../functions/contracts/command.ts';
import { COMMAND_NAMES, COMMANDS, type CommandName, ROLES, type Role } from '../../functions/domain/names.ts';
import { type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const RIGHT: Partial<Record<CommandName, Command['data']>> = {
  'reschedule-appointment': { appointment: 'dosing', startsAt: { shift: 'P1D' } },
  'cancel-appointment': { appointment: 'dosing' },
  'mark-no-show': { appointment: 'dosing' },
  'override-gate': { gate: 'dosing-day', check: 'DD-09' },
  'report-adverse-event': { grade: 3, description: 'as reported' },
  'new-medication': { class: 'maoi' },
  'new-diagnosis': { field: 'sbp', value: 150 },
  'change-contact': { zone: 'America/New_York' },
  'change-chaperone': { chaperone: 'none' },
  'replace-therapist': { therapist: 'therapist-1' },
  'practitioner-absent': { practitioner: 'nurse-1', from: '2026-03-12', to: '2026-03-20' },
};

const IDS: Partial<Record<Role, string>> = { patient: 'patient', therapist: 'therapist-11', partner: 'partner-1' };
const someone = (role: Role) => ({ role, id: IDS[role] ?? `${role}-1` });

let commands = 0;
const given = (world: World, command: CommandName, more: Partial<Command> = {}): Command => {
  commands += 1;
  return {
    journeyId: world.journeyId,
    commandId: `c${commands}`,
    command,
    by: someone(COMMANDS[command].by[0]),
    reason: 'as asked',
    data: RIGHT[command] ?? {},
    ...more,
  };
};

/** All that is kept of the journey, and all that it has given away, but what was asked. */
const kept = async (world: World) => {
  const state = Object.entries(await world.read.state()).filter(([sk]) => !sk.startsWith('command#'));
  const claims = await Promise.all(['nurse-1', 'provider-1', 'therapist-11', 'room-1'].map(world.read.claims));
  return JSON.stringify([state, claims]);
};

const expectRefused = async (world: World, command: Command, reason: string | RegExp) => {
  const [before, entries] = [await kept(world), (await world.read.entries()).length];
  const answer = await world.store().postCommand(command);
  expect(answer).toMatchObject({ accepted: false });
  expect(answer.reason).toMatch(reason);
  expect(await kept(world)).toBe(before);
  const said = (await world.read.entries()).slice(entries);
  expect(said.map((entry) => entry.kind)).toEqual(said.length === 0 ? [] : ['command']);
};

describe('A command that may not be carried out changes nothing, and says why:', { timeout: 60_000 }, () => {
  let booked: Scene;
  let over: Scene;
  beforeAll(async () => {
    booked = await sceneAt('the patient is to be checked in');
    over = await sceneAt('the journey is over');
  });
  const inWorld = async (scene: Scene, check: (world: World) => Promise<void>) => {
    const world = await worldOf(scene);
    await check(world);
    await world.close();
  };

  test.each(COMMAND_NAMES)('%s for a journey that there is not', (command) =>
    inWorld(booked, async (world) => {
      await expectRefused(world, given(world, command, { journeyId: 'j0x00000' }), 'there is no such journey');
      expect(await world.read.journey('j0x00000')).toBeUndefined();
    }),
  );

  test.each(COMMAND_NAMES)('%s by whoever may not give it', (command) =>
    inWorld(booked, async (world) => {
      const may: readonly Role[] = COMMANDS[command].by;
      for (const role of ROLES.filter((each) => !may.includes(each)))
        await expectRefused(world, given(world, command, { by: someone(role) }), `a ${role} may not ${command}`);
    }),
  );

  test.each(COMMAND_NAMES)('%s once the journey has ended', (command) =>
    inWorld(over, async (world) => {
      await expectRefused(world, given(world, command), 'the journey has ended (completed)');
      expect((await world.read.entries()).at(-1)?.kind).not.toBe('command');
    }),
  );

  const bad: [CommandName, object, string | RegExp, object?][] = [
    ['reschedule-appointment', { appointment: 'party' }, 'unknown appointment "party"; one of consult, '],
    ['reschedule-appointment', {}, 'unknown appointment null'],
    ['reschedule-appointment', { appointment: 'consult', occurrence: 1 }, 'consult-1 is attended'],
    ['reschedule-appointment', { appointment: 'preparation' }, 'there is no such preparation'],
    ['reschedule-appointment', { appointment: 'dosing', occurrence: 9 }, 'there is no such dosing'],
    ['reschedule-appointment', { appointment: 'dosing', startsAt: '2026-03-02T10:00:00-08:00' }, 'in the past'],
    ['reschedule-appointment', { appointment: 'dosing', startsAt: 'tomorrow' }, 'startsAt is "tomorrow"; an instant'],
    ['reschedule-appointment', { appointment: 'dosing', startsAt: '2026-03-17T10:00:00' }, 'an instant with an offset'],
    [
      'reschedule-appointment',
      { appointment: 'dosing', startsAt: '2026-02-30T10:00:00Z' },
      'an instant with an offset',
    ],
    ['reschedule-appointment', { appointment: 'dosing', startsAt: { shift: 'soon' } }, 'shift'],
    ['reschedule-appointment', { appointment: 'dosing', startsAt: 5 }, 'startsAt is 5'],
    ['reschedule-appointment', { appointment: 'dosing', startsAt: '2026-03-17T03:00:00-07:00' }, 'clinic-closed'],
    [
      'reschedule-appointment',
      { appointment: 'dosing', startsAt: '2026-03-15T10:00:00-07:00' },
      /clinic-closed|outside-hours/,
    ],
    [
      'reschedule-appointment',
      { appointment: 'integration', startsAt: '2026-03-27T10:00:00-07:00' },
      'integration-window',
    ],
    [
      'reschedule-appointment',
      { appointment: 'integration' },
      "is not therapist-21's",
      { by: { role: 'therapist', id: 'therapist-21' } },
    ],
    [
      'cancel-appointment',
      { appointment: 'integration' },
      "is not partner-2's",
      { by: { role: 'partner', id: 'partner-2' } },
    ],
    ['cancel-appointment', { appointment: 'consult', occurrence: 1 }, 'consult-1 is attended'],
    ['cancel-appointment', { appointment: 'integration' }, 'cancel or move the dose'],
    ['cancel-appointment', {}, 'unknown appointment'],
    ['mark-no-show', { appointment: 'integration' }, 'has not begun'],
    ['mark-no-show', { appointment: 'preparation' }, 'there is no such preparation'],
    ['resume', {}, 'the journey is not paused'],
    ['override-gate', { gate: 'garden' }, 'unknown gate "garden"'],
    ['override-gate', { gate: 'dosing-day', check: 'DD-12' }, 'DD-12 cannot be overridden'],
    [
      'override-gate',
      { gate: 'dosing-day', check: 'DD-09' },
      'an override needs a reason',
      { by: someone('provider'), reason: ' ' },
    ],
    ...[0, 6, 2.5, '3', null, -1].map((grade): [CommandName, object, string] => [
      'report-adverse-event',
      { grade },
      'a whole number from 1 to 5',
    ]),
    ['new-medication', {}, 'unknown class null'],
    ['new-medication', { class: '__proto__' }, 'unknown class "__proto__"'],
    ['new-diagnosis', { field: 'constructor', value: 1 }, 'unknown field "constructor"'],
    ['new-diagnosis', { field: 'sbp' }, 'sbp cannot have that value'],
    ['new-diagnosis', { field: 'sbp', value: 'high' }, 'sbp cannot have that value'],
    ['change-contact', { mobile: '12345' }, 'mobile is not a telephone number'],
    ['change-contact', { email: 'a@b\r\nBcc: c@d.example' }, 'email is not an e-mail address'],
    ['change-contact', { email: 7 }, 'email is not an e-mail address'],
    ['change-contact', { bornOn: '1988-02-30' }, 'bornOn is no date'],
    ['change-contact', { zone: 'Mars/Base' }, 'zone is not an IANA time zone'],
    ['change-chaperone', { chaperone: 'perhaps' }, 'named or none'],
    ['change-chaperone', { chaperone: 'named', mobile: '555' }, 'mobile is not a telephone number'],
    ['replace-therapist', { therapist: 'nurse-1' }, 'unknown therapist "nurse-1"'],
    ['replace-therapist', {}, 'unknown therapist null'],
    ['replace-therapist', { therapist: 'therapist-11' }, 'is the therapist already'],
    ['practitioner-absent', { practitioner: 'x', from: '2026-03-12', to: '2026-03-13' }, 'unknown practitioner "x"'],
    [
      'practitioner-absent',
      { practitioner: 'nurse-1', from: '2026-03-13', to: '2026-03-11' },
      'the first before the second',
    ],
    ['practitioner-absent', { practitioner: 'nurse-1', from: '2026-01-01', to: '2026-01-05' }, 'in the past'],
    ['practitioner-absent', { practitioner: 'nurse-1', from: '2026-02-30', to: 'later' }, 'two instants'],
    ['transfer-care', { partner: 'partner-9' }, 'unknown partner "partner-9"'],
  ];
  test.each(bad)('%s with %j', (command, data, reason, more = {}) =>
    inWorld(booked, (world) =>
      expectRefused(world, given(world, command, { data: JSON.parse(JSON.stringify(data)), ...more }), reason),
    ),
  );

  test.each([
    ['pause', 'pause', 'the journey is paused already'],
    ['withdraw', 'withdraw', 'the journey is ending (withdrawn)'],
    ['transfer-care', 'pause', 'the journey is ending (transferred)'],
    ['transfer-care', 'withdraw', 'the journey is ending (transferred)'],
    ['withdraw', 'transfer-care', 'the journey is ending (withdrawn)'],
    ['withdraw', 'resume', 'the journey is not paused'],
  ] as const)('after a %s, a %s', (first, second, reason) =>
    inWorld(booked, async (world) => {
      expect(await world.store().postCommand(given(world, first))).toMatchObject({ accepted: true });
      await expectRefused(world, given(world, second), reason);
    }),
  );

  test.each(COMMAND_NAMES)('%s that comes again is not done again, and gets the first answer', (command) =>
    inWorld(booked, async (world) => {
      const by = command === 'override-gate' ? someone('provider') : someone(COMMANDS[command].by[0]);
      const asked = given(world, command, { by });
      const first = await world.store().postCommand(asked);
      const [before, entries] = [await kept(world), (await world.read.entries()).length];
      expect(await world.store().postCommand(asked)).toEqual(first);
      expect(await kept(world)).toBe(before);
      expect(await world.read.entries()).toHaveLength(entries);
    }),
  );
});
