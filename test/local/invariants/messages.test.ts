import { describe, expect, test } from 'vitest';
import { readScenario } from '../../../local/rehearsal/scenario.ts';
import { changed, execution, GOOD, la, message, type Told, task, violationsOf, visit, withMore } from './a-journey.ts';

describe('3: messages come once, when wanted, in their hours, for what still stands', () => {
  test.each<[string, Told[], RegExp]>([
    [
      'a reminder sent twice',
      [message('03-09 17:00', 'sent')],
      /^reminder 1 to patient \(revision 1, attempt 1\) was sent 2 times$/,
    ],
    [
      'a text at 21:00',
      [message('03-05 21:00', 'sent', { occurrence: 2 })],
      /was sent at 2026-03-05 21:00 PST, outside 08:00 to 21:00/,
    ],
    [
      'a text at 07:59 to the chaperone',
      [message('03-05 07:59', 'sent', { occurrence: 2, to: 'chaperone', person: 'chaperone' })],
      /outside 08:00 to 21:00/,
    ],
    [
      'a text after STOP',
      [
        [
          '03-05 10:00',
          { kind: 'command', command: 'stop-messages', by: { role: 'patient', id: 'patient' }, accepted: true },
        ],
      ],
      /went by SMS after STOP/,
    ],
    [
      'a reminder of what was cancelled',
      [visit('03-09 10:00', 'dosing', 'cancelled', '03-10 09:00', 1)],
      /is about dosing-1, which was cancelled/,
    ],
    [
      'a reminder of the time before a move',
      [visit('03-09 10:00', 'dosing', 'moved', '03-10 10:00', 1, { revision: 2 })],
      /speaks of a time from which dosing-1 was moved/,
    ],
    [
      'a reminder of nothing',
      [message('03-09 12:00', 'sent', { occurrence: 2, appointmentId: 'dosing-9' })],
      /dosing-9, which does not exist/,
    ],
  ])('finds %s', (_name, more, sentence) => {
    expect(violationsOf(3, withMore(...more))).toContainEqual(expect.stringMatching(sentence));
  });

  test('finds a message without consent for its channel', async () => {
    const scenario = await readScenario({ program: 'northwest-iv', patient: { consents: { sms: false } } });
    expect(violationsOf(3, GOOD, { scenario }).join()).toMatch(/went by sms without consent/);
  });

  test('reads the hours where the patient lives', () => {
    const zones = [{ at: la('03-01 00:00'), zone: 'Europe/Berlin' }];
    expect(violationsOf(3, GOOD, { zones }).join()).toMatch(/outside 08:00 to 21:00/);
  });

  test('lets crisis information through at any hour, e-mail after STOP, and the plan made after a move', () => {
    const stop = {
      kind: 'command',
      command: 'stop-messages',
      by: { role: 'patient', id: 'patient' },
      accepted: true,
    } as const;
    expect(
      violationsOf(
        3,
        changed(
          (e) => e.kind === 'message',
          message('03-05 03:00', 'sent', { message: 'crisis-information', class: 'safety' }),
          ['03-06 09:00', stop],
          message('03-06 09:01', 'sent', { message: 'stop-confirmation', class: 'care' }),
          visit('03-08 10:00', 'dosing', 'moved', '03-10 10:00', 1, { revision: 2 }),
          message('03-08 10:00', 'planned', { revision: 2, channel: 'email' }),
          message('03-09 16:30', 'sent', { revision: 2, channel: 'email' }),
        ),
      ),
    ).toEqual([]);
  });
});

describe('4: what is urgent arrives', () => {
  const homeSafe = (when: string, event: 'sent' | 'failed' | 'delivered' | 'skipped', attempt = 1) =>
    message(when, event, { message: 'home-safe', class: 'safety', attempt });
  const crisis = { kind: 'safety', id: 's-1', type: 'crisis' } as const;

  test.each<[string, Told[], RegExp]>([
    [
      'a safety message that failed',
      [homeSafe('03-10 14:00', 'failed')],
      /^home-safe 1 to patient \(revision 1\) was neither delivered nor became a call$/,
    ],
    ['a safety message of which nothing is known', [homeSafe('03-10 14:00', 'sent')], /neither delivered/],
    [
      'a call from before it failed',
      [task('03-05 10:00', 'call-patient', 'opened'), homeSafe('03-10 14:00', 'failed')],
      /neither delivered/,
    ],
    [
      'a crisis that nobody acknowledged',
      [['03-20 10:00', { ...crisis, event: 'opened' }]],
      /^crisis s-1 was acknowledged by nobody$/,
    ],
    [
      'a crisis acknowledged without a name',
      [
        ['03-20 10:00', { ...crisis, event: 'opened' }],
        ['03-20 10:02', { ...crisis, event: 'acknowledged' }],
      ],
      /acknowledged by nobody/,
    ],
  ])('finds %s', (_name, more, sentence) => {
    expect(violationsOf(4, withMore(...more))).toEqual([expect.stringMatching(sentence)]);
  });

  test('is content with the other channel, a call, or a page that was acknowledged', () => {
    const page = message('03-20 10:00', 'sent', {
      message: 'page',
      class: 'safety',
      to: 'staff',
      person: 'provider-1',
    });
    expect(
      violationsOf(
        4,
        withMore(
          homeSafe('03-10 14:00', 'failed'),
          homeSafe('03-10 14:01', 'delivered', 2),
          message('03-17 14:00', 'skipped', { message: 'home-safe', class: 'safety', occurrence: 2 }),
          task('03-17 14:00', 'call-patient', 'opened'),
          ['03-20 10:00', { ...crisis, event: 'opened' }],
          page,
          ['03-20 10:02', { ...crisis, event: 'acknowledged', by: 'provider-1' }],
        ),
      ),
    ).toEqual([]);
  });
});

describe('7: a crisis comes before everything else', () => {
  const opened: Told = ['03-09 12:00', { kind: 'safety', id: 's-1', type: 'crisis', event: 'opened' }];
  const paged: Told = [
    '03-09 12:00',
    { kind: 'safety', id: 's-1', type: 'crisis', event: 'paged', person: 'provider-1' },
  ];
  const hold: Told = ['03-09 12:00', { kind: 'hold', event: 'placed', reason: 'crisis' }];
  const lifted: Told = ['03-09 15:00', { kind: 'hold', event: 'lifted', reason: 'crisis' }];

  test.each<[string, Told[], RegExp]>([
    ['nobody paged', [opened, hold, lifted], /^crisis s-1 was paged to nobody within a minute$/],
    ['no hold placed', [opened, paged], /^crisis s-1 placed no hold$/],
    [
      'a reminder during the hold',
      [opened, paged, hold],
      /^reminder 1 to patient .* was sent during the hold of crisis s-1$/,
    ],
    ['a dose during the hold', [opened, paged, hold], /^dose 1 was given during the hold of crisis s-1$/],
    ['a booking during the hold', [opened, paged, hold], /^dosing appointment dosing-2 was booked during the hold/],
  ])('finds %s', (_name, more, sentence) => {
    expect(violationsOf(7, withMore(...more))).toContainEqual(expect.stringMatching(sentence));
  });

  test('is content when all waits until the hold is lifted', () => {
    expect(violationsOf(7, withMore(opened, paged, hold, lifted))).toEqual([]);
  });
});

describe('11: personal facts stay in the table', () => {
  test.each([
    [
      'a sentence in an input',
      { input: { run: { journeyId: 'j-1' }, note: 'Ann called' } },
      'execution x carries more than ids at input.note',
    ],
    [
      'an address in an output',
      { output: { to: 'ann@example.org' } },
      'execution x carries more than ids at output.to',
    ],
    ['a telephone number', { input: { to: '+12065550100' } }, 'execution x carries more than ids at input.to'],
    [
      'clinical answers',
      { input: { run: { facts: { age: 38 } } } },
      'execution x carries more than ids at input.run.facts',
    ],
    ['an error that echoes a value', { error: 'no such patient: Ann' }, 'execution x carries more than ids at error'],
  ])('finds %s', (_name, over, sentence) => {
    expect(violationsOf(11, GOOD, { executions: [execution('x', over)] })).toEqual([sentence]);
  });

  test('finds a text that gives the treatment away', () => {
    const told = withMore(
      message('03-20 10:00', 'sent', { occurrence: 2, text: 'Your ketamine session is tomorrow.' }),
    );
    expect(violationsOf(11, told)).toEqual([expect.stringMatching(/^reminder 2 to patient .* says ketamine$/)]);
  });

  test('lets ids, kinds and instants through', () => {
    const input = {
      run: { journeyId: 'j-1', line: 'main', epoch: 1 },
      ask: { kind: 'dose-order', about: 'phq9-week-2', opensAt: la('03-10 09:00') },
    };
    expect(violationsOf(11, GOOD, { executions: [execution('j-1-cycle-1-1', { input })] })).toEqual([]);
  });
});
