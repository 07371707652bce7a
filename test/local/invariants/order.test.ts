import { describe, expect, test } from 'vitest';
import {
  asked,
  changed,
  execution,
  GOOD,
  gate,
  la,
  message,
  type Told,
  task,
  violationsOf,
  visit,
  withMore,
} from './a-journey.ts';

describe('5: no task ends in silence', () => {
  test.each<[string, Told[], string]>([
    [
      'a task left open',
      [task('03-20 10:00', 'dose-order', 'opened')],
      'task dose-order-1 was never decided, superseded or expired',
    ],
    [
      'a task that ends twice',
      [...asked('03-20 10:00', 'dose-order'), task('03-20 11:00', 'dose-order', 'superseded')],
      'task dose-order-1 ended 2 times: decided, superseded',
    ],
    [
      'a task that expires unseen',
      [task('03-20 10:00', 'dose-order', 'opened'), task('03-20 12:00', 'dose-order', 'expired')],
      'task dose-order-1 expired and nobody was asked instead',
    ],
  ])('finds %s', (_name, more, sentence) => {
    expect(violationsOf(5, withMore(...more))).toEqual([sentence]);
  });

  test('is content with a task that climbed first, or became a call', () => {
    expect(
      violationsOf(
        5,
        withMore(
          task('03-20 10:00', 'dose-order', 'opened'),
          task('03-20 11:00', 'dose-order', 'escalated', { toRole: 'medical-director' }),
          task('03-20 12:00', 'dose-order', 'expired'),
          task('03-21 10:00', 'answer-measure', 'opened'),
          task('03-22 10:00', 'answer-measure', 'expired'),
          ...asked('03-22 10:00', 'call-patient'),
        ),
      ),
    ).toEqual([]);
  });
});

describe('6: a journey ends once, with nothing left open', () => {
  test.each<[string, Told[], string]>([
    ['no outcome', changed((e) => e.kind === 'outcome'), 'the journey reached no outcome'],
    [
      'two outcomes',
      withMore(['03-25 11:00', { kind: 'outcome', outcome: 'withdrawn', reason: 'x' }]),
      'the journey has 2 outcomes: completed, withdrawn',
    ],
    [
      'something after the outcome',
      withMore(gate('03-25 11:00', 'booking', 3)),
      `after the outcome came a gate entry at ${la('03-25 11:00')}`,
    ],
    [
      'a message that would still go out',
      withMore(message('03-20 10:00', 'planned', { occurrence: 2 })),
      'reminder 2 to patient (revision 1, attempt 1) was planned and neither sent, skipped nor cancelled',
    ],
  ])('finds %s', (_name, told, sentence) => {
    expect(violationsOf(6, told)).toEqual([sentence]);
  });

  test('finds rows that are still open and executions that still run', () => {
    const open = { tasks: ['t-1'], schedules: ['s-1', 's-2'], plannedMessages: [], outbox: [] };
    expect(violationsOf(6, GOOD, { open, executions: [execution('x', { status: 'RUNNING' })] })).toEqual([
      'journey j-1 ended with 1 open tasks',
      'journey j-1 ended with 2 open schedules',
      'execution x still runs',
    ]);
  });
});

describe('8: repeating changes nothing', () => {
  test.each<[string, Told[], RegExp]>([
    [
      'a booking twice',
      [visit('03-20 10:00', 'dosing', 'booked', '03-17 09:00', 2)],
      /^booked of appointment dosing-2 happened 2 times$/,
    ],
    [
      'a decision twice',
      [task('03-20 10:00', 'sign-consents', 'decided')],
      /^decided of task sign-consents-1 happened 2 times$/,
    ],
    [
      'a dose started twice',
      [['03-17 09:16', { kind: 'dose', cycle: 2, event: 'started', route: 'iv' }]],
      /^started of dose 2 happened 2 times$/,
    ],
    ['a number left out', [gate('03-20 10:00', 'booking', 4)], /^gate booking is numbered 1, 2, 4$/],
    [
      'a number used twice',
      [...asked('03-20 10:00', 'sign-consents', { id: 'sign-consents-2' })],
      /^task sign-consents is numbered 1, 1$/,
    ],
  ])('finds %s', (_name, more, sentence) => {
    expect(violationsOf(8, withMore(...more))).toContainEqual(expect.stringMatching(sentence));
  });

  test('lets an appointment move more than once', () => {
    const moves = [2, 3].map((revision) => visit('03-09 10:00', 'dosing', 'moved', '03-10 10:00', 1, { revision }));
    expect(violationsOf(8, withMore(...moves))).toEqual([]);
  });
});

describe('9: nothing is lost', () => {
  test('finds an execution that broke off, unless it was taken up again', () => {
    const failed = execution('j-1-cycle-2-1', { status: 'FAILED' });
    const sentence = 'execution j-1-cycle-2-1 ended FAILED and was not taken up again';
    expect(violationsOf(9, GOOD, { executions: [failed] })).toEqual([sentence]);
    expect(violationsOf(9, GOOD, { executions: [failed, execution('j-1-cycle-3-1')] })).toEqual([sentence]);
    expect(violationsOf(9, GOOD, { executions: [failed, execution('j-1-cycle-2-2')] })).toEqual([]);
  });

  test('finds an appointment and a dose of which nothing became', () => {
    const told = changed(
      (e) =>
        (e.kind === 'dose' && e.cycle === 2 && e.event === 'ended') ||
        (e.kind === 'appointment' && e.id === 'integration-2' && e.event === 'attended'),
    );
    expect(violationsOf(9, told)).toEqual([
      'appointment integration-2 was booked and nothing became of it',
      'dose 2 has no recorded end',
    ]);
  });
});

describe('12: time runs forward', () => {
  test.each<[string, Told[], RegExp]>([
    ['what came before the request', [gate('02-20 10:00', 'booking', 3)], /^a gate entry of .* is before the request$/],
    [
      'a task due before it opened',
      [task('03-20 10:00', 'dose-order', 'opened', { dueAt: la('03-20 09:00') })],
      /^task dose-order-1 was due at .*, before it opened$/,
    ],
    [
      'a decision before the task',
      [task('03-20 10:00', 'dose-order', 'decided')],
      /^task dose-order-1 was decided and never opened$/,
    ],
    [
      'a delivery of what was not sent',
      [message('03-20 10:00', 'delivered', { occurrence: 2 })],
      /^reminder 2 to patient .* was delivered before it was sent$/,
    ],
    [
      'a plan after the sending',
      [message('03-20 10:00', 'sent', { occurrence: 2 }), message('03-20 11:00', 'planned', { occurrence: 2 })],
      /was sent before it was planned$/,
    ],
    [
      'a booking into the past',
      [visit('03-20 10:00', 'integration', 'booked', '03-19 12:00', 3)],
      /^appointment integration-3 was booked into the past$/,
    ],
    [
      'an encounter before its time',
      [visit('03-20 10:00', 'integration', 'attended', '03-20 12:00', 3)],
      /^appointment integration-3 was attended before/,
    ],
    [
      'a dose that ended before it started',
      [['03-20 10:00', { kind: 'dose', cycle: 3, event: 'ended', route: 'iv' }]],
      /^dose 3 was ended and never started$/,
    ],
  ])('finds %s', (_name, more, sentence) => {
    expect(violationsOf(12, withMore(...more))).toEqual([expect.stringMatching(sentence)]);
  });

  test('finds an execution that ended before it started', () => {
    expect(violationsOf(12, GOOD, { executions: [execution('x', { endedAt: la('03-06 09:00') })] })).toEqual([
      'execution x ended before it started',
    ]);
  });
});
